"""What the API tells of publications and tables, as plain values."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from accounts.onwards import whole_address
from analysis.core.table import Table
from analysis.publishing.api.tables import ONE_TABLE
from analysis.publishing.models import Edition
from analysis.publishing.public.finding import Found, page_of, tables_of
from analysis.publishing.standing import Standing


def publication_line(standing: Standing, *, now: datetime) -> dict[str, Any]:
    """One publication of the list."""
    out = standing.out(now=now)
    withdrawal = standing.withdrawal
    return {
        "id": standing.publication.slug,
        "urn": f"urn:uuid:{standing.publication.key}",
        "title": standing.publication.title,
        "published": out[0].moment.isoformat(),
        "updated": (withdrawal.at if withdrawal else out[-1].moment).isoformat(),
        "edition": out[-1].edition.number,
        "withdrawn": {"at": withdrawal.at.isoformat(), "reason": withdrawal.reason} if withdrawal else None,
        "links": {
            "self": whole("api:publication", standing.publication.slug),
            "tables": whole("api:tables", standing.publication.slug),
            "page": whole("publications:page", standing.publication.slug),
        },
    }


def publication_document(found: Found, *, now: datetime) -> dict[str, Any]:
    """One publication with its texts and editions; without its texts once it is withdrawn."""
    texts = {} if found.standing.withdrawal else page_of(found.edition)
    kept = {name: texts.get(name) for name in ("summary", "response", "non_response", "fieldwork", "source", "notice")}
    return {
        **publication_line(found.standing, now=now),
        **kept,
        "contact": texts.get("contact"),
        "editions": [
            {
                "number": each.edition.number,
                "published": each.moment.isoformat(),
                "digest": each.edition.digest,
                "correction": _correction(each.edition, is_shown=bool(texts)) if each.edition.corrects_id else None,
            }
            for each in found.standing.out(now=now)
        ],
    }


def _correction(edition: Edition, *, is_shown: bool) -> dict[str, str]:
    """What was corrected and why; empty words once it is withdrawn."""
    told = {"what": edition.what, "why": edition.why, "size": edition.size}
    return told if is_shown else dict.fromkeys(told, "")


def tables_document(found: Found) -> dict[str, Any]:
    """The tables of an edition."""
    slug, number = found.standing.publication.slug, found.edition.number
    return {
        "publication": slug,
        "edition": number,
        "tables": [_table_line(slug, number, table) for table in tables_of(found.edition)],
    }


def _table_line(slug: str, number: int, table: Table) -> dict[str, Any]:
    return {
        "id": table.id,
        "number": table.number,
        "name": table.name,
        "companion_of": table.companion_of or None,
        "title": table.title,
        "base": table.base_note,
        "notes": [*table.notes, *filter(None, [table.evenness])],
        "source": table.source,
        "links": {name: f"{whole('api:table', slug, f'{table.id}.{name}')}?edition={number}" for name in ONE_TABLE},
    }


def whole(route: str, *arguments: object) -> str:
    """The whole address of a route."""
    return whole_address(reverse(route, args=arguments))
