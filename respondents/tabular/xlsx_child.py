"""Reads a workbook from standard input and writes its cells as JSON; run in a process of its own, under limits.

It knows nothing of Django or of this product: a file made to do harm finds nothing here to do harm to.
"""

import io
import json
import os
import resource
import sys
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

os.environ["OPENPYXL_LXML"] = "False"  # so that defusedxml reads, which expands no entities

import openpyxl
from defusedxml.common import DefusedXmlException
from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell

MEMORY, SECONDS = 768 * 1024**2, 60
MAX_UNPACKED, MAX_RATIO, MAX_PARTS = 400_000_000, 200, 1_000
MAX_ROWS, MAX_COLUMNS = 200_000, 100
SMALL = 1_000_000

Sheet = dict[str, Any]
Cell = ReadOnlyCell | EmptyCell


class Unreadable(Exception):
    """What is wrong with the workbook, and the way out."""

    def __init__(self, message: str, hint: str, place: str = "file", line: int | None = None) -> None:
        super().__init__(message)
        self.problem = {"message": message, "hint": hint, "place": place, "line": line}


def main() -> None:
    """Reads, and says what was read or what was wrong."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        said: dict[str, Any] = {"sheets": read(sys.stdin.buffer.read())}
    except Unreadable as found:
        said = {"problem": found.problem}
    except MemoryError:
        said = {"problem": Unreadable("The workbook needs too much memory", "Split it, or save it as CSV").problem}
    except DefusedXmlException:
        message = "The workbook declares entities of its own, as files that attack do"
        said = {"problem": Unreadable(message, "Save it again with your spreadsheet program").problem}
    json.dump(said, sys.stdout)


def read(content: bytes) -> list[Sheet]:
    """Every sheet that holds something: its name and its rows with their numbers."""
    _check_parcel(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheets = [{"name": page.title, "rows": list(_rows(page))} for page in book.worksheets]
    except (Unreadable, MemoryError, DefusedXmlException):
        raise
    except Exception as error:  # noqa: BLE001 -- the library names a damaged part in as many ways as there are parts
        if isinstance(error.__cause__, DefusedXmlException):
            raise error.__cause__ from None
        message = f"The workbook is damaged ({type(error).__name__})"
        raise Unreadable(message, "Open it in your spreadsheet program and save it again") from None
    return [sheet for sheet in sheets if sheet["rows"]]


def _check_parcel(content: bytes) -> None:
    """A workbook is a ZIP file: what it would unpack to, and what is in it, is checked before anything is unpacked."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise Unreadable("Not a workbook, or one that was cut off", "Save it again, or save it as CSV") from None
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("The workbook is encrypted", "Save it without a password")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unreadable("The workbook holds macros, which are programs", "Save it as “Excel Workbook (.xlsx)”")
    if "xl/workbook.xml" not in names:
        raise Unreadable("A ZIP file, but not an Excel workbook", "Save it as “Excel Workbook (.xlsx)” or as CSV")
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED or any(map(_is_bomb, parts)):
        raise Unreadable("The workbook would unpack to far more than it is, as a ZIP bomb does", "Save it as CSV")


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    return part.file_size > SMALL and part.file_size > MAX_RATIO * max(1, part.compress_size)


def _rows(page: Any) -> Iterator[tuple[int, list[str]]]:  # noqa: ANN401 -- the stubs know no read-only sheet
    """The rows that hold something; what the sheet claims its size to be is not believed."""
    if not hasattr(page, "reset_dimensions"):
        return
    page.reset_dimensions()
    found = 0
    for number, cells in enumerate(page.iter_rows(), start=1):
        texts = _texts(page.title, number, cells)
        if not any(texts):
            continue
        found += 1
        if found > MAX_ROWS + 1:
            raise Unreadable(f"More than {MAX_ROWS:,} rows", "Check that it is the right file", page.title, number)
        yield number, texts


def _texts(sheet: str, number: int, cells: Sequence[Cell]) -> list[str]:
    texts = [_text(sheet, cell) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    if len(texts) > MAX_COLUMNS:
        raise Unreadable(f"More than {MAX_COLUMNS} columns", "Remove what does not belong there", sheet, number)
    return texts


def _text(sheet: str, cell: Cell) -> str:
    """What stands in a cell, as text; a formula is no text."""
    if isinstance(cell, EmptyCell) or cell.value is None:
        return ""
    if cell.data_type == "f":
        _refuse_cell(sheet, cell, "a formula", "Put its value in its place (copy, then “Paste special: values”)")
    if cell.data_type == "e":
        _refuse_cell(sheet, cell, f"the error {cell.value}", "Correct the cell")
    return _plain(cell.value)


def _refuse_cell(sheet: str, cell: ReadOnlyCell, what: str, hint: str) -> None:
    raise Unreadable(f"Cell {cell.coordinate} holds {what}", hint, sheet, cell.row)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return (value.date() if value.time() == time() else value).isoformat()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date | time) else str(value)


if __name__ == "__main__":
    main()
