"""Workbooks, read by calamine: the values of all sheets, without what shows or marks them."""

import re
from collections.abc import Iterator, Sequence
from io import BytesIO

from python_calamine import CalamineWorkbook

from analysis.core.table import Table
from analysis.outputs.formats import FORMATS
from analysis.outputs.table_set import TableSet
from tests.analysis.outputs.readers.figures import Figures, ReadRow, Told, named

Sheet = Sequence[Sequence[object]]
MARK = re.compile(r"(\[[^]]+\]) (?=\S)")


def read_xlsx(made: TableSet) -> Figures:
    return _read(made, FORMATS["xlsx"].render(made))


def read_ods(made: TableSet) -> Figures:
    return _read(made, FORMATS["ods"].render(made))


def _read(made: TableSet, content: bytes) -> Figures:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    notes = {str(row[0]): str(row[1]) for row in sheets["Notes"][4:]}
    names = [name for name in sheets if name not in {"Cover", "Contents", "Notes", "Intervals"}]
    return {
        place: told
        for name, table in zip(names, made.tables, strict=True)
        for place, told in named(table, list(_rows(sheets[name], table, notes)))
    }


def _rows(sheet: Sheet, table: Table, notes: dict[str, str]) -> Iterator[ReadRow]:
    """The head is the first row with something in its second cell."""
    top = next(place for place, row in enumerate(sheet) if row[1] not in {"", None})
    heads = [str(cell) for cell in sheet[top]]
    labels = 2 if any(row.panel for row in table.rows) else 1
    count = sum(len(column.measures) + ("interval" in column.measures) for column in table.columns)
    for row in sheet[top + 1 :]:
        by_head = dict(zip(heads, row, strict=True))
        marks = list(_marks(str(by_head.get("Notes", ""))))
        told = [_told(head, by_head, marks, notes) for head in heads[labels : labels + count]]
        shown = [each for each, head in zip(told, heads[labels:], strict=False) if "interval to" not in head]
        yield ReadRow(" / ".join(map(str, row[:labels])), shown)


def _marks(said: str) -> Iterator[tuple[str, str]]:
    """Each mark with the head of a column it is about: “[u] Agree: %; Disagree: %. [note 3] Total: %.”"""
    parts = MARK.split(said)[1:]
    for mark, heads in zip(parts[::2], parts[1::2], strict=True):
        yield from ((mark, head) for head in heads.strip().removesuffix(".").split("; "))


def _told(head: str, row: dict[str, object], marks: list[tuple[str, str]], notes: dict[str, str]) -> Told:
    value, own = row[head], [mark for mark, about in marks if about == head]
    if not isinstance(value, int | float):
        return Told(None, str(value), None)
    shared = re.findall(r"\[\w+\]$", head)
    markers = [mark for mark in own if not mark.startswith("[note")] + shared
    is_flagged = any("published report prints" in notes[mark] for mark in own if mark.startswith("[note"))
    return Told(int(value), "".join(markers), _base(head, row), is_flagged)


def _base(head: str, row: dict[str, object]) -> int | None:
    """The base of a figure as the sheet tells it: in the column that names it, or the only one."""
    if head.startswith("Eligible"):
        return None
    unit = re.search(r"\(% of (authorities|boards)\)", head)
    bases = {name: name.removeprefix("Base: ").split("; ") for name in row if name.startswith("Base: ")}
    own = (name for name, labels in bases.items() if any(label in head for label in labels))
    for name in (f"Eligible {unit[1]}" if unit else "", *own, "Base", "Total: number"):
        found = row.get(name)
        if isinstance(found, int | float):
            return int(found)
    return None
