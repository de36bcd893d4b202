"""Names of sheets, of tables in files, and of columns: as a workbook allows them, and each once."""

import re
from collections.abc import Iterable, Sequence

from analysis.core.table import Table
from analysis.outputs.workbook.values import plain

COVER, CONTENTS, NOTES, INTERVALS = "Cover", "Contents", "Notes", "Intervals"
LONGEST_SHEET, LONGEST_HEAD = 31, 250


def sheet_names(tables: Sequence[Table]) -> dict[str, str]:
    """Return a name for the sheet of each table: “Table 3”, and “Table 3 by region” where the number is taken."""
    names: dict[str, str] = {}
    for table in tables:
        taken = {COVER, CONTENTS, NOTES, INTERVALS, *names.values()}
        numbered = f"Table {table.numeral}"
        names[table.id] = numbered if table.number and numbered not in taken else _free(_words(table.id), taken)
    return names


def grid_name(identifier: str) -> str:
    """Return a name for a table in a file: letters, digits and underscores, beginning with a letter."""
    return f"t_{re.sub(r'[^A-Za-z0-9_]', '_', identifier)}"


def unique(heads: Iterable[str]) -> tuple[str, ...]:
    """Return the heads of columns, those that would stand there twice with a number behind them."""
    found: list[str] = []
    for head in heads:
        short = plain(head)[:LONGEST_HEAD]
        taken = {each.lower() for each in found}
        tries = (short, *(f"{short} ({number})" for number in range(2, len(found) + 3)))
        found.append(next(each for each in tries if each.lower() not in taken))
    return tuple(found)


def _words(identifier: str) -> str:
    words = re.sub(r"[^A-Za-z0-9]+", " ", identifier).strip() or "Table"
    return words[:1].upper() + words[1:]


def _free(words: str, taken: set[str]) -> str:
    lower = {each.lower() for each in taken}
    tries = (words[:LONGEST_SHEET], *(f"{words[: LONGEST_SHEET - 4]} {number}" for number in range(2, len(taken) + 3)))
    return next(each for each in tries if each.lower() not in lower)
