"""Charts as geometry in percentage points, for templates to draw: diverging, stacked, plain and response bars.

Scales are written from the most positive answer to the most negative, so bars are built from the last to the first.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from math import ceil, floor
from typing import Literal

from analysis.core.bars import Item, Part, items_of
from analysis.core.percent import percent
from analysis.core.plan_document import ChartKind
from analysis.core.shape import TOTAL_ID
from analysis.core.table import Cell, Row, Table

Order = Literal["net", "table"]


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a bar: its category, how many gave it, and where it lies; the percentage is of the bar's base."""

    id: str
    label: str
    count: int
    percent: int | None
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One item: its segments on its base, and beside them the answers that are no position on the scale."""

    id: str
    label: str
    panel: str
    base: int
    segments: tuple[Segment, ...]
    apart: tuple[Part, ...] = ()
    net: float = 0.0

    @property
    def left(self) -> float:
        return self.segments[0].start

    @property
    def right(self) -> float:
        return self.segments[-1].start + self.segments[-1].width


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars in drawing order, the whole tens that enclose them, and the overall figure to draw a line at."""

    kind: ChartKind
    bars: tuple[Bar, ...]
    lowest: int
    highest: int
    overall: Cell | None = None


def diverging_bars(table: Table, *, order: Order | None = None) -> Chart:
    """Return bars split at zero: disagreement to the left, agreement to the right, half of neutral on each side.

    Source: Heiberger and Robbins, Journal of Statistical Software 57(5), 2014. Base: those who gave a position.
    """
    return _chart(
        "diverging", [_scale_bar(item, diverging=True) for item in items_of(table)], order=order or order_of(table)
    )


def stacked_bars(table: Table, *, order: Order | None = None) -> Chart:
    """Return the same bars all starting at zero, each a hundred wide."""
    return _chart(
        "stacked", [_scale_bar(item, diverging=False) for item in items_of(table)], order=order or order_of(table)
    )


def plain_bars(table: Table) -> Chart:
    """Return one bar for each row of a frequency table, as wide as its share of all returns."""
    bars = [_share_bar(row, table.cell(row.id, table.columns[0].id)) for row in table.rows if not row.total]
    return _chart("plain", bars, order="table")


def response_bars(table: Table, *, column: str = "response_rate_boards") -> Chart:
    """Return one bar for each stratum level that has a response rate, with the overall rate to draw a line at."""
    rows = [row for row in table.rows if not (row.total or row.apart)]
    bars = [_share_bar(row, table.cell(row.id, column)) for row in rows]
    return _chart("response", bars, order="table", overall=table.cell(TOTAL_ID, column))


CHARTS: Mapping[ChartKind, Callable[[Table], Chart]] = {
    "diverging": diverging_bars,
    "stacked": stacked_bars,
    "plain": plain_bars,
    "choices": plain_bars,
    "response": response_bars,
}


def order_of(table: Table) -> Order:
    """Return how bars are ordered: groups stay where the table has them, items come by net agreement."""
    return "table" if table.kind == "cross" and any(row.total for row in table.rows) else "net"


def _chart(kind: ChartKind, bars: Iterable[Bar], *, order: Order, overall: Cell | None = None) -> Chart:
    """Bars stay in their panels; within one the largest net agreement comes first and equals keep the table's order."""
    drawn = list(bars)
    if order == "net":
        panels = list(dict.fromkeys(bar.panel for bar in drawn))
        drawn.sort(key=lambda bar: (panels.index(bar.panel), -bar.net))
    lowest = min((floor(round(bar.left, 6) / 10) * 10 for bar in drawn), default=0)
    highest = max((ceil(round(bar.right, 6) / 10) * 10 for bar in drawn), default=0)
    return Chart(kind, tuple(drawn), lowest, highest, overall)


def _scale_bar(item: Item, *, diverging: bool) -> Bar:
    parts = item.parts[::-1]  # most negative first
    counts = [cell.count or 0 for _, _, cell in parts]
    base = sum(counts)
    middle = len(counts) // 2
    neutral = counts[middle] if len(counts) % 2 else 0
    below, above = sum(counts[:middle]), sum(counts[len(counts) - middle :])
    zero = 2 * below + neutral if diverging else 0  # in halves of an answer, so that each start is rounded once
    befores = list(accumulate(counts, initial=0))
    segments = tuple(
        Segment(
            id=id_,
            label=label,
            count=number,
            percent=percent(number, base) if base else None,
            start=_points(2 * before - zero, 2 * base),
            width=_points(number, base),
        )
        for (id_, label, _), number, before in zip(parts, counts, befores[:-1], strict=True)
    )
    return Bar(item.id, item.label, item.panel, base, segments, item.apart, _points(above - below, base))


def _share_bar(row: Row, cell: Cell) -> Bar:
    number, base = cell.count or 0, cell.base or 0
    segment = Segment(row.id, row.label, number, cell.percent, 0.0, _points(number, base))
    return Bar(row.id, row.label, row.panel, base, (segment,))


def _points(number: int, base: int) -> float:
    return 100 * number / base if base else 0.0
