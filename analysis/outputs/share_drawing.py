"""Bars of single shares: the answers to one question, and returns out of all who could have made one."""

from collections.abc import Iterator

from analysis.core.charts import Bar, Chart
from analysis.outputs.drawing import BLUE, GREY, LINE, PALE_GREY, QUIET, SIZE, WIDTH, Drawing, assemble, block, lines_of
from analysis.outputs.shapes import Rect, Rule, Shape, Text

LABEL_WIDTH, BAR_LEFT, FIGURES = 190.0, 206.0, 130.0
BAR, ROW = 18.0, 27.0


def draw_plain(chart: Chart, *, apart: frozenset[str]) -> Drawing:
    """Return a bar for each answer with its count and share at the end; answers set apart are grey."""
    widest = max((bar.right for bar in chart.bars), default=0) or 1
    shapes: list[Shape] = []
    y = 0.0
    for bar in chart.bars:
        middle, y = y + _height(bar) / 2, y + _height(bar)
        width = (WIDTH - BAR_LEFT - FIGURES) * bar.right / widest
        shapes += _label(bar, middle)
        shapes.append(_box(width, middle, GREY if bar.id in apart else BLUE))
        (segment,) = bar.segments
        share = "" if segment.percent is None else f" ({segment.percent}%)"
        shapes.append(_figure(BAR_LEFT + width + 8, middle, f"{segment.count:,}{share}"))
    return assemble([*shapes, _foot(y)], height=y + 2)


def draw_response(chart: Chart) -> Drawing:
    """Return a bar for each group, as long as it is eligible and filled as far as it answered, most missing first."""
    bars = sorted(chart.bars, key=lambda bar: bar.segments[0].count - bar.base)
    longest = max((bar.base for bar in bars), default=0) or 1
    shapes: list[Shape] = []
    y = 0.0
    for bar in bars:
        middle, y = y + _height(bar) / 2, y + _height(bar)
        length = (WIDTH - BAR_LEFT - FIGURES) / longest
        shapes += _label(bar, middle)
        shapes.append(_box(length * bar.base, middle, PALE_GREY, stroke=QUIET))
        shapes.append(_box(length * bar.segments[0].count, middle, BLUE))
        shapes.append(_figure(BAR_LEFT + length * bar.base + 8, middle, _rate(bar)))
    return assemble([*shapes, _foot(y)], height=y + 2)


def _rate(bar: Bar) -> str:
    (segment,) = bar.segments
    share = "" if segment.percent is None else f" ({segment.percent}%)"
    return f"{segment.count:,} of {bar.base:,}{share}"


def _height(bar: Bar) -> float:
    return max(ROW, LINE * len(lines_of(bar.label, width=LABEL_WIDTH)) + 8)


def _label(bar: Bar, middle: float) -> Iterator[Shape]:
    yield from block(bar.label, x=0, middle=middle, width=LABEL_WIDTH)


def _box(width: float, middle: float, fill: str, *, stroke: str = "") -> Rect:
    return Rect(BAR_LEFT, round(middle - BAR / 2, 1), round(width, 1), BAR, fill, stroke)


def _figure(x: float, middle: float, text: str) -> Text:
    return Text(round(x, 1), round(middle + SIZE * 0.35, 1), text)


def _foot(y: float) -> Rule:
    return Rule(BAR_LEFT, 0, BAR_LEFT, round(y, 1), QUIET)
