"""The codebook of the records that are deposited: the names that stand in their files, each code with its records."""

from collections.abc import Iterator
from dataclasses import replace

from analysis.core.codebook import Codebook, Entry, Value
from analysis.core.deposit.columns import DataColumn
from analysis.core.deposit.described import Described
from survey.schema.codes import NOT_ANSWERED, NOT_ASKED, REFUSED

BLANK = (NOT_ANSWERED, REFUSED, NOT_ASKED)
GROUPS = "Groups of boards"
MADE = "Made for the deposit"


def book_of(data: Described, *, digest: str) -> Codebook:
    """Return an entry for each column with how many records hold each code; `digest` is the questionnaire’s."""
    return Codebook(data.title, digest, tuple(_entries(data)), data.records.height)


def _entries(data: Described) -> Iterator[Entry]:
    for column in data.columns:
        held = data.records[column.name].to_list()
        offered = {each.code for each in column.entry.values} if column.entry else set(column.codes)
        values = tuple(
            Value(code, label, is_missing=code in column.missing, returns=held.count(code))
            for code, label in (*column.codes.items(), *column.missing.items())
            if code in offered or code in held
        )
        asked = sum(value != NOT_ASKED for value in held) if column.missing else None
        answered = sum(value is not None and value not in BLANK for value in held)
        own = column.entry or _made(column)
        yield replace(own, name=column.name, values=values, returns=data.records.height, asked=asked, answered=answered)


def _made(column: DataColumn) -> Entry:
    return Entry(column.name, GROUPS, "", column.label, "", MADE, ())
