"""Bars of a scale: diverging around zero or stacked to a hundred, what takes no side in columns at the right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from analysis.core.charts import Bar, Chart, Segment
from analysis.outputs.drawing import (
    GAP,
    LINE,
    QUIET,
    SIZE,
    WHITE,
    WIDTH,
    Drawing,
    assemble,
    block,
    fills,
    ink_on,
    lines_of,
    text_width,
)
from analysis.outputs.shapes import Rect, Rule, Shape, Text

LABEL_WIDTH, BAR_LEFT = 250.0, 268.0
COLUMN = 56.0  # each figure that stands apart, and the base
ASIDE = 16.0  # between the bars and those columns
BAR, ROW, PANEL, LEGEND, HEAD = 20.0, 29.0, 32.0, 26.0, 34.0
STEP = 25
STRIPE, STRIPE_DOWN = 2.0, 6.0  # of white through the answers of the negative side, below their figures


@dataclass(frozen=True, slots=True)
class _Axis:
    lowest: float
    highest: float
    right: float

    def x(self, points: float) -> float:
        """Return where this many percentage points lie."""
        return BAR_LEFT + (points - self.lowest) * (self.right - BAR_LEFT) / (self.highest - self.lowest)

    @property
    def ticks(self) -> range:
        return range(-(-int(self.lowest) // STEP) * STEP, int(self.highest) + 1, STEP)


def draw_scale(chart: Chart) -> Drawing:
    """Return the bars under a legend in words, with a figure printed in every part that can hold it."""
    columns = [label for _, label, _ in chart.bars[0].apart] + ["Base"]
    axis = _Axis(chart.lowest, max(chart.highest, chart.lowest + 10), WIDTH - COLUMN * len(columns) - ASIDE)
    shapes: list[Shape] = [*_legend(chart.bars[0].segments), *_heads(columns)]
    shapes += _ticks(axis)
    y = LEGEND + HEAD
    for panel, bars in groupby(chart.bars, key=lambda bar: bar.panel):
        if panel:
            shapes.append(Text(0, round(y + PANEL - 9, 1), panel, weight=600))
            y += PANEL
        top = y
        for bar in bars:
            height = max(ROW, LINE * len(lines_of(bar.label, width=LABEL_WIDTH)) + 10)
            shapes += _row(bar, axis, middle=y + height / 2)
            y += height
        shapes += _grid(axis, top=top, bottom=y)
    return assemble(shapes, height=y + 4)


def _legend(segments: Sequence[Segment]) -> Iterator[Shape]:
    """The words stand in the order of the bars, from left to right."""
    x = 0.0
    for place, (segment, fill) in enumerate(zip(segments, _fills(segments), strict=True)):
        yield Rect(round(x, 1), 2, 12, 12, fill)
        if place < len(segments) // 2:
            yield Rect(round(x, 1), 10, 12, STRIPE, WHITE)
        yield Text(round(x + 17, 1), 12.5, segment.label)
        x += 17 + text_width(segment.label) + 18


def _heads(columns: Sequence[str]) -> Iterator[Shape]:
    for place, label in enumerate(columns):
        lines = lines_of(label, width=COLUMN - 6, size=12)
        for number, line in enumerate(lines):
            y = LEGEND + HEAD - 8 - 13 * (len(lines) - 1 - number)
            yield Text(_column_x(place, len(columns)), y, line, "end", QUIET, 12)


def _row(bar: Bar, axis: _Axis, *, middle: float) -> Iterator[Shape]:
    yield from block(bar.label, x=0, middle=middle, width=LABEL_WIDTH)
    for place, (segment, fill) in enumerate(zip(bar.segments, _fills(bar.segments), strict=True)):
        yield from _segment(segment, fill, axis, middle=middle, is_negative=place < len(bar.segments) // 2)
    columns = [cell.count or 0 for _, _, cell in bar.apart] + [bar.base]
    for place, number in enumerate(columns):
        fill = "" if place == len(columns) - 1 else QUIET
        yield Text(_column_x(place, len(columns)), round(middle + SIZE * 0.35, 1), f"{number:,}", "end", fill)


def _segment(segment: Segment, fill: str, axis: _Axis, *, middle: float, is_negative: bool) -> Iterator[Shape]:
    """The two sides differ by a stripe as well as by colour: in greyscale their colours are alike."""
    left, right = axis.x(segment.start), axis.x(segment.start + segment.width)
    width = right - left - GAP
    if segment.count == 0 or width <= 0:
        return
    yield Rect(round(left + GAP / 2, 1), round(middle - BAR / 2, 1), round(width, 1), BAR, fill)
    if is_negative:
        yield Rect(round(left + GAP / 2, 1), round(middle + STRIPE_DOWN, 1), round(width, 1), STRIPE, WHITE)
    figure = f"{segment.count:,}"
    if width >= text_width(figure, size=12) + 4:
        yield Text(round((left + right) / 2, 1), round(middle + 4.2, 1), figure, "middle", ink_on(fill), 12)


def _grid(axis: _Axis, *, top: float, bottom: float) -> Iterator[Shape]:
    for tick in axis.ticks:
        x = round(axis.x(tick), 1)
        yield Rule(x, round(top, 1), x, round(bottom, 1), "" if tick else QUIET)


def _ticks(axis: _Axis) -> Iterator[Shape]:
    for tick in axis.ticks:
        x = round(axis.x(tick), 1)
        yield Text(x, LEGEND + HEAD - 8, f"{abs(tick)}%", "middle", QUIET, 12)


def _fills(segments: Sequence[Segment]) -> tuple[str, ...]:
    return fills(len(segments))[::-1]  # a bar begins with its most negative part


def _column_x(place: int, number: int) -> float:
    return WIDTH - COLUMN * (number - 1 - place) - 4
