"""Shares as dots with the line of their interval: one panel for each answer, one dot for each group."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.core.shape import TOTAL_ID
from analysis.core.table import UNSTABLE, Cell, Table
from analysis.outputs.drawing import BLUE, LINE, QUIET, SIZE, WHITE, WIDTH, Drawing, assemble, block, lines_of
from analysis.outputs.shapes import Rect, Rule, Shape, Text

LABEL_WIDTH, LEFT, FIGURES = 210.0, 226.0, 116.0
RIGHT = WIDTH - FIGURES
ROW, PANEL, HEAD = 25.0, 32.0, 22.0
DOT, INTERVAL = 11.0, 3.0


@dataclass(frozen=True, slots=True)
class _Dot:
    label: str
    cell: Cell


def draw_dots(table: Table) -> Drawing:
    """Return the dots under an axis from nought to a hundred; a hollow dot is of low reliability."""
    panels = [(title, dots) for title, dots in _panels(table) if dots]
    shapes: list[Shape] = []
    y = HEAD
    for title, dots in panels:
        if title:
            y += PANEL + LINE * (len(lines_of(title, width=WIDTH)) - 1)
            shapes += block(title, x=0, middle=y - 13, width=WIDTH)
        for dot in dots:
            height = max(ROW, LINE * len(lines_of(dot.label, width=LABEL_WIDTH)) + 8)
            shapes += _row(dot, middle=y + height / 2)
            y += height
    return assemble([*_grid(bottom=y), *shapes], height=y + 4)


def _panels(table: Table) -> Iterator[tuple[str, Sequence[_Dot]]]:
    """A table of one row has its answers below each other; others have a panel for each answer."""
    answers = [column for column in table.columns if not column.apart and column.id != TOTAL_ID]
    if len(table.rows) == 1:
        yield "", [_Dot(column.label, table.cell(table.rows[0].id, column.id)) for column in answers]
        return
    for panel in dict.fromkeys(row.panel for row in table.rows):
        rows = [row for row in table.rows if row.panel == panel]
        for column in answers:
            title = ": ".join(part for part in (panel, column.label) if part)
            yield title, [_Dot(row.label, table.cell(row.id, column.id)) for row in rows]


def _row(dot: _Dot, *, middle: float) -> Iterator[Shape]:
    cell = dot.cell
    yield from block(dot.label, x=0, middle=middle, width=LABEL_WIDTH)
    if not cell.base or cell.count is None:
        yield _words("no returns", middle)
        return
    if cell.interval:
        left, right = _x(100 * cell.interval.low), _x(100 * cell.interval.high)
        yield Rect(left, round(middle - INTERVAL / 2, 1), round(right - left, 1), INTERVAL, BLUE)
    x, is_hollow = _x(100 * cell.count / cell.base), cell.marker == UNSTABLE
    yield Rect(round(x - DOT / 2, 1), round(middle - DOT / 2, 1), DOT, DOT, WHITE if is_hollow else BLUE, BLUE, DOT / 2)
    yield _words(f"{cell.count:,} of {cell.base:,} ({cell.percent}%)", middle)


def _words(text: str, middle: float) -> Text:
    return Text(RIGHT + 14, round(middle + SIZE * 0.35, 1), text, size=12)


def _grid(*, bottom: float) -> Iterator[Shape]:
    for tick in range(0, 101, 25):
        yield Rule(_x(tick), HEAD, _x(tick), round(bottom, 1), "" if tick else QUIET)
        yield Text(_x(tick), HEAD - 8, f"{tick}%", "middle", QUIET, 12)


def _x(points: float) -> float:
    return round(LEFT + points * (RIGHT - LEFT) / 100, 1)
