"""Service: codings as a table, under pseudonyms and without a word of the answers."""

from collections.abc import Iterator
from datetime import datetime

from accounts.models import User
from analysis.opentext.answers import Answer
from analysis.opentext.frames import applied_of
from analysis.opentext.models import Adjudication, Coding
from analysis.opentext.work import Work
from analysis.taking import note_taken
from respondents.tabular.writing import write_csv

HEADS = ("return", "item", "coder", "frame_version", "code", "start", "end")
Row = tuple[str | int | None, ...]


def codings_csv(work: Work, *, by: User, now: datetime) -> bytes:
    """Every coding that counts and every decision, one line for each code; that it was taken is recorded."""
    rows = [row for answer in work.answers for row in _rows(work, answer)]
    note_taken(work.wave, what=f"codings of {work.item.code}", by=by, now=now)
    return write_csv(HEADS, rows)


def _rows(work: Work, answer: Answer) -> Iterator[Row]:
    for number, person in enumerate(work.people, start=1):
        if coding := work.coding(person, answer):
            yield from _lines(work, answer, coding, who=f"coder {number}", version=coding.frame.number)
    if decision := work.decision(answer):
        yield from _lines(work, answer, decision, who="decision", version=None)


def _lines(work: Work, answer: Answer, row: Coding | Adjudication, *, who: str, version: int | None) -> Iterator[Row]:
    about = (answer.pseudonym, work.item.code, who, version)
    applied = applied_of(row.applied)
    if not applied:
        yield (*about, "", None, None)
    for each in applied:
        yield (*about, each.code, each.start, each.end)
