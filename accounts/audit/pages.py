"""What the pages of the audit show: each entry in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from accounts.audit.acts import words_of
from accounts.audit.models import AuditEntry

NOBODY = "The system"


@dataclass(frozen=True)
class EntryRow:
    """One entry."""

    number: int
    at: datetime
    who: str
    email: str
    did: str
    about: str
    detail: str
    wave: str
    address: str


@dataclass(frozen=True)
class AuditPage:
    """One page of entries and the ways from it."""

    rows: Sequence[EntryRow]
    older_url: str
    newest_url: str
    export_url: str


def entry_row(entry: AuditEntry) -> EntryRow:
    """The entry in words."""
    return EntryRow(
        number=entry.number,
        at=entry.at,
        who=str(entry.person) if entry.person else NOBODY,
        email=entry.person.email if entry.person else "",
        did=words_of(entry.act),
        about=entry.about or entry.subject,
        detail=detail_words(entry.detail),
        wave=entry.wave,
        address=entry.address or "",
    )


def audit_page(entries: Sequence[AuditEntry], *, asked: QueryDict, below: int | None) -> AuditPage:
    """The page of these entries; `below` is where the next page begins."""
    here = reverse("audit:entries")
    return AuditPage(
        rows=[entry_row(entry) for entry in entries],
        older_url=_asking(here, asked, before=str(below)) if below else "",
        newest_url=_asking(here, asked) if "before" in asked else "",
        export_url=_asking(reverse("audit:export"), asked),
    )


def detail_words(detail: Mapping[str, Any]) -> str:
    """What else was noted, as in “from: researcher; to: analyst”."""
    return "; ".join(f"{name.replace('_', ' ')}: {_said(value)}" for name, value in detail.items())


def _said(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_said(each) for each in value)
    if isinstance(value, dict):
        return detail_words(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None else str(value)


def _asking(url: str, asked: QueryDict, **more: str) -> str:
    query = asked.copy()
    query.pop("before", None)
    query.update(more)
    return f"{url}?{query.urlencode()}" if query else url
