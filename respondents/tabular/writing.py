"""Tables as files for people: a workbook, or CSV. Text stays text: no cell of ours is ever a formula."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

import xlsxwriter
from django.utils import timezone
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from respondents.tabular.guarding import guarded

Cell: TypeAlias = str | int | float | date | datetime | None
Row: TypeAlias = Sequence[Cell]
_NARROWEST, _WIDEST = 8, 60
_SAMPLE = 200
_LONGEST_TEXT = 32_767
# Beyond this a workbook is written row by row, so that it needs no memory; such a sheet is no named table.
_ROWS_IN_MEMORY = 20_000


@dataclass(frozen=True)
class Sheet:
    """One table: its title, the heads of its columns, its rows, and what must be said about it."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Row]
    notes: Sequence[str] = ()


def write_xlsx(sheets: Sequence[Sheet], *, title: str = "") -> bytes:
    """The workbook: one table on each sheet, from its first cell and without gaps; notes have a sheet of their own."""
    every = [*sheets, *_notes_of(sheets)]
    is_large = sum(len(sheet.rows) for sheet in every) > _ROWS_IN_MEMORY
    target = io.BytesIO()
    options = {
        "constant_memory": is_large,
        "in_memory": not is_large,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"title": title or sheets[0].title})
        for number, name in enumerate(_names(every)):
            _write_sheet(book, every[number], name=name, number=number, is_table=not is_large)
    return target.getvalue()


def write_csv(heads: Sequence[str], rows: Sequence[Row]) -> bytes:
    """The table as UTF-8 with a byte-order mark: without it Excel takes every accent for two wrong letters.

    Text that a spreadsheet would take for a formula begins with an apostrophe; numbers are left as they are.
    """
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([guarded(head) for head in heads])
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return target.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str | int | float:
    if isinstance(cell, str):
        return guarded(cell)
    return cell.isoformat() if isinstance(cell, date) else "" if cell is None else cell


def _notes_of(sheets: Sequence[Sheet]) -> list[Sheet]:
    rows = [(sheet.title, note) for sheet in sheets for note in sheet.notes]
    return [Sheet("Notes", ("Sheet", "Note"), rows)] if rows else []


def _names(sheets: Sequence[Sheet]) -> list[str]:
    """Names that a workbook allows: short, without its own signs, each once."""
    names: list[str] = []
    for sheet in sheets:
        base = "".join(" " if sign in "[]:*?/\\" else sign for sign in sheet.title).strip("' ")[:28] or "Sheet"
        taken = {name.lower() for name in names}
        tries = [base, *(f"{base} {number}" for number in range(2, len(sheets) + 2))]
        names.append(next(name for name in tries if name.lower() not in taken))
    return names


def _write_sheet(book: Workbook, sheet: Sheet, *, name: str, number: int, is_table: bool) -> None:
    page: Worksheet = book.add_worksheet(name)
    formats = _Formats(book)
    page.freeze_panes(1, 0)
    for column, width in enumerate(_widths(sheet)):
        page.set_column(column, column, width)
    for column, head in enumerate(sheet.heads):
        _put(page, 0, column, head, formats.head)
    for position, row in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(row):
            _put(page, position, column, cell, formats.of(cell))
    page.repeat_rows(0)
    if is_table and sheet.rows:
        columns = [{"header": head, "header_format": formats.head} for head in sheet.heads]
        area = (0, 0, len(sheet.rows), len(sheet.heads) - 1)
        page.add_table(*area, {"name": f"Table{number + 1}", "columns": columns, "style": None})


class _Formats:
    """The few ways a cell may look."""

    def __init__(self, book: Workbook) -> None:
        self.head: Format = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.text: Format = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        self.plain: Format = book.add_format({"valign": "top"})
        self.day: Format = book.add_format({"num_format": "d mmmm yyyy", "valign": "top", "align": "left"})
        self.moment: Format = book.add_format({"num_format": "d mmmm yyyy hh:mm", "valign": "top", "align": "left"})

    def of(self, cell: Cell) -> Format:
        """The way that fits what the cell holds."""
        if isinstance(cell, datetime):
            return self.moment
        return self.text if isinstance(cell, str) else self.day if isinstance(cell, date) else self.plain


def _put(page: Worksheet, row: int, column: int, cell: Cell, style: Format) -> None:
    """Writes one cell by its own kind; text too long for a cell is refused rather than cut."""
    if isinstance(cell, str):
        if len(cell) > _LONGEST_TEXT:
            raise ValueError(f"Row {row + 1}, column {column + 1}: {len(cell)} letters do not fit into one cell.")
        page.write_string(row, column, cell, style)
    elif isinstance(cell, datetime):
        page.write_datetime(row, column, _in_london(cell), style)
    elif isinstance(cell, date):
        page.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), style)  # noqa: DTZ001 -- a day
    elif cell is not None:
        page.write_number(row, column, cell, style)


def _in_london(moment: datetime) -> datetime:
    return timezone.make_naive(moment) if timezone.is_aware(moment) else moment


def _widths(sheet: Sheet) -> list[int]:
    """Wide enough for the heads and the first rows, within reason."""
    columns = zip(*([sheet.heads, *sheet.rows[:_SAMPLE]]), strict=True)
    return [min(_WIDEST, max(_NARROWEST, *(_length(cell) for cell in column)) + 2) for column in columns]


def _length(cell: Cell) -> int:
    if isinstance(cell, datetime):
        return 20
    return 16 if isinstance(cell, date) else max((len(line) for line in str(cell or "").splitlines()), default=0)
