"""Service: loads authorities and boards from two files, all of them or none."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.collecting import collecting_rarely
from respondents.register.applying import Author, apply_moves
from respondents.register.checking import problems_of
from respondents.register.history import Subject, hold_register
from respondents.register.planning import LEFT, plan
from respondents.register.snapshot import snapshot
from respondents.register.tables import AUTHORITIES, BOARDS, RegisterTables, Shape, in_file, with_chairs_of_boards
from respondents.tabular.csv_lines import read_lines
from respondents.tabular.lines import FileRefused, Line

KINDS: Sequence[str] = ("added", "changed", "unchanged", LEFT)


@dataclass(frozen=True)
class RegisterPreview:
    """What an import adds, changes, finds unchanged and does not mention, for authorities and for boards."""

    authorities: Counter[str]
    boards: Counter[str]

    def __str__(self) -> str:
        return f"Authorities: {in_words(self.authorities)}.\nBoards: {in_words(self.boards)}."


def in_words(counts: Counter[str]) -> str:
    """The counts of one table as a person reads them."""
    told = Counter({**counts, "changed": counts["changed"] + counts["ended"]})
    return ", ".join(f"{told[kind]} {kind}" for kind in KINDS if told[kind] or kind == "added")


@collecting_rarely(100_000)
def import_register(
    authorities: bytes, boards: bytes, *, now: datetime | None = None, dry_run: bool = False
) -> RegisterPreview:
    """Loads both files, or with `dry_run` only says what would change; FileRefused names every bad line.

    Rows that the files do not mention stay as they are.
    """
    now = now or timezone.now()
    tables = with_chairs_of_boards(RegisterTables(_read(AUTHORITIES, authorities), _read(BOARDS, boards)))
    problems = problems_of(tables, authorities=(), boards=())
    if problems:
        raise FileRefused(problems)
    with transaction.atomic():
        hold_register()
        found = snapshot()
        made = plan(tables, found, ends_absent=False, today=timezone.localdate(now))
        if not dry_run:
            apply_moves(made.moves, found, Author(by=None, now=now))
    return RegisterPreview(made.counts[Subject.AUTHORITY], made.counts[Subject.BOARD])


def _read(shape: Shape, content: bytes) -> list[Line]:
    try:
        return read_lines(content, required=shape.required, optional=[*shape.optional, *shape.ignored])
    except FileRefused as refused:
        raise FileRefused(in_file(shape.name, refused.problems)) from None
