"""What the pages of the audit show: each entry in words."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.dateformat import format as date_format
from django.utils.timezone import localtime

from accounts.audit.acts import words_of
from accounts.audit.models import AuditEntry
from accounts.models import User

NOBODY = "The system"
DIGEST = re.compile(r"\b([0-9a-f]{8})[0-9a-f]{24,}\b")
MOMENT = re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:\+\d\d:\d\d|Z)")
KEY = re.compile(r"(?<=: )[a-z]+(?:_[a-z]+)+(?=;|,|$)")
ACCOUNT = re.compile(r"\bAccount (\d{1,18})\b")


@dataclass(frozen=True)
class EntryRow:
    """One entry; `detail` is to be read by people, `whole` is what was noted, and long digests in it may be cut."""

    number: int
    at: datetime
    who: str
    email: str
    did: str
    about: str
    detail: str
    whole: str
    is_cut: bool
    wave: str
    address: str


@dataclass(frozen=True)
class AuditPage:
    """One page of entries and the ways from it."""

    rows: Sequence[EntryRow]
    older_url: str
    newest_url: str
    export_url: str


def entry_row(entry: AuditEntry, *, names: Mapping[str, str] = MappingProxyType({})) -> EntryRow:
    """The entry in words; `names` are those of the accounts it speaks of, where they are to be said."""

    def said(words: str) -> str:
        return ACCOUNT.sub(lambda found: names.get(found[1], found[0]), words)

    words = said(detail_words(entry.detail))
    return EntryRow(
        number=entry.number,
        at=entry.at,
        who=str(entry.person) if entry.person else NOBODY,
        email=entry.person.email if entry.person else "",
        did=words_of(entry.act),
        about=said(entry.about or entry.subject),
        detail=_readable(words),
        whole=words,
        is_cut=bool(DIGEST.search(words)),
        wave=entry.wave,
        address=entry.address or "",
    )


def audit_page(entries: Sequence[AuditEntry], *, asked: QueryDict, below: int | None) -> AuditPage:
    """The page of these entries; `below` is where the next page begins."""
    here, names = reverse("audit:entries"), _names(entries)
    return AuditPage(
        rows=[entry_row(entry, names=names) for entry in entries],
        older_url=_asking(here, asked, before=str(below)) if below else "",
        newest_url=_asking(here, asked) if "before" in asked else "",
        export_url=_asking(reverse("audit:export"), asked),
    )


def _names(entries: Iterable[AuditEntry]) -> dict[str, str]:
    """Who is behind the accounts that these entries speak of, as far as anybody still knows."""
    spoken = {number for entry in entries for number in ACCOUNT.findall(f"{entry.about} {detail_words(entry.detail)}")}
    people = User.objects.filter(pk__in=spoken) if spoken else ()
    return {str(each.pk): f"{each} (account {each.pk})" for each in people}


def detail_words(detail: Mapping[str, Any]) -> str:
    """What else was noted, as in “from: researcher; to: analyst”."""
    told = ((name.replace("_", " "), _said(value)) for name, value in detail.items())
    return "; ".join(f"{name}: {words}" for name, words in told if words)


def _readable(words: str) -> str:
    """The same with digests cut short, moments as people say them, and no underlines."""
    told = DIGEST.sub(r"\1…", words)
    told = MOMENT.sub(lambda found: date_format(localtime(datetime.fromisoformat(found[0])), "j M Y, H:i"), told)
    return KEY.sub(lambda found: found[0].replace("_", " "), told)


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
