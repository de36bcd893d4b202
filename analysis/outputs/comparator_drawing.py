"""This survey and an earlier one in two panels with a break between them, never on one line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.core.table import Cell, Column, Row, Table
from analysis.outputs.drawing import (
    BLUE,
    GREY,
    QUIET,
    SIZE,
    WIDTH,
    Drawing,
    Rect,
    Rule,
    Shape,
    Text,
    assemble,
)

LABEL_WIDTH, FIGURE, BREAK_WIDTH = 170.0, 34.0, 56.0
BAR, ROW, PANEL, HEAD = 14.0, 21.0, 30.0, 24.0
PLOT = (WIDTH - LABEL_WIDTH - BREAK_WIDTH) / 2


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two panels: where it begins, its colour and its columns by group."""

    left: float
    fill: str
    columns: Sequence[Column]

    @property
    def scale(self) -> float:
        return (PLOT - FIGURE) / 100


def has_comparator(table: Table) -> bool:
    """Whether every group of the table has figures of this survey beside percentages of an earlier one."""
    ours, theirs = _ours(table), _theirs(table)
    return bool(theirs) and [column.group for column in ours] == [column.group for column in theirs]


def draw_comparator(table: Table) -> Drawing:
    """Return the share of each group in the first rating of each panel: ours at the left, the earlier at the right."""
    ours = _Side(LABEL_WIDTH, BLUE, _ours(table))
    theirs = _Side(LABEL_WIDTH + PLOT + BREAK_WIDTH, GREY, _theirs(table))
    shapes: list[Shape] = [Text(side.left, 12.5, _heading(table, side), weight=600) for side in (ours, theirs)]
    y = HEAD
    for row in first_rows(table):
        shapes.append(Text(0, y + PANEL - 9, f"{row.panel}: {row.label.lower()}", weight=600))
        top = y = y + PANEL
        for left, right in zip(ours.columns, theirs.columns, strict=True):
            shapes.append(Text(0, y + ROW / 2 + SIZE * 0.35, left.group))
            shapes += _bar(table.cell(row.id, left.id), ours, middle=y + ROW / 2)
            shapes += _bar(table.cell(row.id, right.id), theirs, middle=y + ROW / 2)
            y += ROW
        shapes += [Rule(side.left, top, side.left, y, QUIET) for side in (ours, theirs)]
    middle = LABEL_WIDTH + PLOT + BREAK_WIDTH / 2
    shapes.append(Rule(middle, 0, middle, y, QUIET, dashes="4 4"))
    return assemble(shapes, height=y + 2)


def first_rows(table: Table) -> list[Row]:
    """Return the first row of each panel: the most positive rating."""
    first: dict[str, Row] = {}
    for row in table.rows:
        first.setdefault(row.panel, row)
    return list(first.values())


def _bar(cell: Cell, side: _Side, *, middle: float) -> Iterator[Shape]:
    y = round(middle + SIZE * 0.35, 1)
    if cell.percent is None:
        yield Text(side.left + 6, y, cell.marker, fill=QUIET)
        return
    width = round(cell.percent * side.scale, 1)
    yield Rect(side.left, round(middle - BAR / 2, 1), width, BAR, side.fill)
    yield Text(side.left + width + 6, y, f"{cell.percent}%")


def _heading(table: Table, side: _Side) -> str:
    bases = {table.cell(row.id, column.id).base for row in table.rows for column in side.columns} - {None}
    return ", N = ".join((side.columns[0].label, *map(str, bases)))


def _ours(table: Table) -> list[Column]:
    return [column for column in table.columns if "count" in column.measures]


def _theirs(table: Table) -> list[Column]:
    return [column for column in table.columns if column.group and column.measures == ("percent",)]
