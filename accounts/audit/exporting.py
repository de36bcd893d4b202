"""Services: entries of the audit as CSV, a line at a time, in which no cell can act."""

import csv
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from accounts.audit.acts import declare
from accounts.audit.finding import find_entries
from accounts.audit.models import AuditEntry
from accounts.audit.pages import entry_row
from accounts.audit.recording import record
from accounts.models import User

EXPORTED = declare("audit.exported", "Exported the audit")
HEADS = ("number", "at", "who", "email", "act", "did", "subject", "about", "detail", "wave", "address", "digest")
ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # and full-width twins


class _Echo:
    def write(self, line: str) -> str:
        return line


@transaction.atomic
def export_entries(wanted: Mapping[str, Any], *, by: User, now: datetime) -> Iterator[bytes]:
    """The lines; that they were taken is recorded first, and stands in them."""
    # Words may be the name of a respondent, which no entry keeps.
    said = {name: "given" if name == "words" else str(value) for name, value in wanted.items()}
    last = record(EXPORTED, by=by, about="The audit", detail={"asked for": said} if said else {}, now=now)
    return _lines(wanted, last.number)


def _lines(wanted: Mapping[str, Any], last: int) -> Iterator[bytes]:
    writer = csv.writer(_Echo())
    yield b"\xef\xbb\xbf" + writer.writerow(HEADS).encode()
    for entry in find_entries(wanted).filter(number__lte=last).iterator(chunk_size=2000):
        yield writer.writerow([_inert(cell) for cell in _cells(entry)]).encode()


def _cells(entry: AuditEntry) -> list[str]:
    row = entry_row(entry)
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    cells = [str(row.number), at, row.who, row.email, entry.act, row.did, entry.subject, row.about, row.whole]
    return [*cells, row.wave, row.address, entry.digest]


def _inert(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula is marked as text."""
    return f"'{cell}" if cell.startswith(ACTIVE) else cell
