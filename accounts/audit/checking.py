"""Service: the whole chain is read again, some entries at a time; the first that is not as it was written is named."""

from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.audit.models import AuditEntry, AuditHead
from accounts.audit.recording import entry_digest


@dataclass(frozen=True)
class Anchor:
    """What the head of the chain was at some time, kept where nobody who can reach the database can change it."""

    number: int
    digest: str


@dataclass(frozen=True)
class Checked:
    """How many entries hold, and what is wrong with the next, if anything is."""

    entries: int
    problem: str = ""


def head() -> Anchor:
    """What the head is now."""
    found = AuditHead.objects.filter(pk=1).first()
    return Anchor(found.number, found.digest) if found else Anchor(0, "")


def check_chain(*, anchor: Anchor | None = None) -> Checked:
    """Every entry against its own digest and the one before; the end against the head; an anchor against its entry."""
    known_head = head()  # read first: what is recorded meanwhile comes after it
    entries = AuditEntry.objects.filter(number__lte=known_head.number)
    checked, last = _walk(entries, anchor)
    if checked.problem:
        return checked
    if last.number < known_head.number:
        return Checked(last.number, f"Entry {last.number + 1} is missing: the chain goes on to {known_head.number}.")
    if last.digest != known_head.digest:
        return Checked(last.number, f"Entry {last.number} is not the one at which the head of the chain stands.")
    if anchor and anchor.number > last.number:
        return Checked(last.number, f"Entry {last.number + 1} is missing: the anchor is of entry {anchor.number}.")
    after = AuditEntry.objects.filter(number__gt=known_head.number).order_by("number").first()
    if after and head() == known_head:
        return Checked(last.number, f"Entry {after.number} stands beyond the head of the chain.")
    return checked


def _walk(entries: QuerySet[AuditEntry], anchor: Anchor | None) -> tuple[Checked, Anchor]:
    last = Anchor(0, "")
    for entry in entries.order_by("number").iterator(chunk_size=1000):
        problem = _problem(entry, after=last, anchor=anchor)
        if problem:
            return Checked(last.number, problem), last
        last = Anchor(entry.number, entry.digest)
    return Checked(last.number), last


def _problem(entry: AuditEntry, *, after: Anchor, anchor: Anchor | None) -> str:
    if entry.number != after.number + 1:
        return f"Entry {after.number + 1} is missing: entry {after.number} is followed by {entry.number}."
    if entry_digest(entry) != entry.digest:
        return f"Entry {entry.number} is not as it was written: what it says does not fit its digest."
    if entry.previous_digest != after.digest:
        return f"Entry {entry.number} does not continue entry {after.number}: it was written after another one."
    if anchor and anchor.number == entry.number and anchor.digest != entry.digest:
        return f"Entry {entry.number} is not the one that was anchored: the chain was written anew up to there."
    return ""
