"""How far the shares of a chart may lie from those of all boards, in figures below it: a picture travels alone."""

from collections.abc import Sequence
from itertools import groupby

from analysis.core.cross_drawing import drawable
from analysis.core.table import Cell, Column, Row, Table
from analysis.outputs.drawing import GRID, LINE, QUIET, WIDTH, Drawing, assemble, lines_of
from analysis.outputs.shapes import Rule, Shape, Text

READING = (
    "In per cent of all {unit} of the group: the 95% interval if the silent are like those that answered, and in "
    "brackets the bounds, what is possible whatever they would say."
)
COLUMN, MOST = 92.0, 5  # the width of one answer's ranges, and how many stand side by side
SMALL, SPACE = 12.0, 10.0


def draw_ranges(table: Table, *, unit: str) -> Drawing | None:
    """Return interval and bounds of every share that is drawn of a table; None where no share has bounds."""
    drawn = drawable(table)
    columns = [column for column in drawn.columns if any(drawn.cell(row.id, column.id).bounds for row in drawn.rows)]
    if not columns:
        return None
    shapes: list[Shape] = []
    y = _words(shapes, READING.format(unit=unit), 0.0, width=WIDTH)
    for first in range(0, len(columns), MOST):
        y = _block(shapes, drawn, columns[first : first + MOST], y + SPACE)
    return assemble(shapes, height=y + 4)


def _block(shapes: list[Shape], table: Table, columns: Sequence[Column], y: float) -> float:
    """Some answers side by side: their heads, then a line for each row under the heading of its item."""
    left = WIDTH - COLUMN * len(columns)
    heads = [lines_of(column.label, width=COLUMN - 8, size=SMALL) for column in columns]
    y += LINE * max(map(len, heads))
    for place, head in enumerate(heads):
        right = left + COLUMN * (place + 1)
        shapes += (_line(word, right, y - LINE * (len(head) - 1 - at), is_head=True) for at, word in enumerate(head))
    shapes.append(Rule(0, round(y + 4, 1), WIDTH, round(y + 4, 1), QUIET))
    y += 4
    for panel, rows in groupby(table.rows, key=lambda row: row.panel):
        y = _words(shapes, panel, y + 4, width=WIDTH, weight=600) if panel else y
        for row in rows:
            y = _row(shapes, table, row, columns, y, left=left)
    return y


def _row(shapes: list[Shape], table: Table, row: Row, columns: Sequence[Column], y: float, *, left: float) -> float:
    first = y + LINE
    y = _words(shapes, row.label, y, width=left - 12)
    for place, column in enumerate(columns):
        shapes.append(_line(_ranges(table.cell(row.id, column.id)), left + COLUMN * (place + 1), first))
    shapes.append(Rule(0, round(y + 4, 1), WIDTH, round(y + 4, 1), GRID))
    return y + 4


def _ranges(cell: Cell) -> str:
    """An interval without bounds is one of a group without end."""
    told = (cell.text("interval"), f"({cell.text('bounds')})" if cell.bounds else "")
    return " ".join(filter(None, told)) or "–"


def _words(shapes: list[Shape], text: str, y: float, *, width: float, weight: int | None = None) -> float:
    for line in lines_of(text, width=width, size=SMALL):
        y += LINE
        shapes.append(Text(0, round(y, 1), line, size=SMALL, weight=weight))
    return y


def _line(text: str, right: float, y: float, *, is_head: bool = False) -> Text:
    return Text(round(right, 1), round(y, 1), text, "end", QUIET if is_head else "", SMALL)
