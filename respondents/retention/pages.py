"""What administrators see of forgetting: what is kept how long, what was forgotten, and each time's certificate."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from accounts.audit.models import AuditEntry
from respondents.retention.applying import APPLIED
from respondents.retention.classes import CLASSES
from respondents.retention.erasing import ERASED_ONE

CODES = "digests of sign-in codes"
WHAT = {each.name: each.what for each in CLASSES} | {"sign_in_codes": CODES}
CERTIFIED = (APPLIED.name, ERASED_ONE.name)
STAYS = (
    "Answers that are codes, numbers or dates stay; so does who did what when, under the account’s number, and the "
    "audit. What was erased can be read by nobody through the database from that moment on. Its bytes lie on in the "
    "database’s files until their room is used anew or the operator has the tables written anew, in its archive until "
    "that is cleared behind a newer base copy, and in backups until they expire."
)


@dataclass(frozen=True)
class KindRow:
    """One kind of thing that is kept for a time."""

    what: str
    period: str
    due: int


@dataclass(frozen=True)
class TimeRow:
    """One time that something was forgotten."""

    number: int
    at: datetime
    words: str
    url: str


@dataclass(frozen=True)
class RetentionPage:
    """What is kept, and the last times that something was forgotten."""

    kinds: Sequence[KindRow]
    times: Sequence[TimeRow]


@dataclass(frozen=True)
class Certificate:
    """That something was forgotten, as a document: `lines` are what and how many, or who by number."""

    title: str
    wave: str
    notice: str
    at: datetime
    by: str
    lines: Sequence[tuple[str, str]]
    stays: str
    number: int
    digest: str
    file_url: str


def retention_page(due: Mapping[str, int], times: Iterable[AuditEntry]) -> RetentionPage:
    """The page; `due` is how many there are of each kind that the next night forgets."""
    return RetentionPage(
        kinds=[KindRow(each.what, f"{each.period} {each.since}".strip(), due[each.name]) for each in CLASSES],
        times=[_time_row(entry) for entry in times],
    )


def certificate_of(entry: AuditEntry, *, service: str) -> Certificate:
    """The certificate that an entry of the audit makes good."""
    return Certificate(
        title="Certificate of erasure",
        wave=service,
        notice="",
        at=entry.at,
        by=str(entry.person) if entry.person else "The nightly job, by the times that are set",
        lines=_lines(entry),
        stays=STAYS,
        number=entry.number,
        digest=entry.digest,
        file_url=reverse("retention:certificate_file", args=[entry.number]),
    )


def _time_row(entry: AuditEntry) -> TimeRow:
    words = "; ".join(f"{what}: {many}" for what, many in _lines(entry) if many != "0") or "Nothing was due"
    return TimeRow(entry.number, entry.at, words, reverse("retention:certificate", args=[entry.number]))


def _lines(entry: AuditEntry) -> list[tuple[str, str]]:
    detail: dict[str, Any] = entry.detail
    if entry.act == ERASED_ONE.name:
        return [("name and email address of account", str(detail["account"])), ("reference", str(detail["reference"]))]
    return [(WHAT.get(name, name), str(many)) for name, many in detail.items()]
