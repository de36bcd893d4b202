"""How far each share may lie from that of all boards: what is possible, what is likely if the silent are alike."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.outputs.drawing import (
    BLUE,
    GRID,
    LINE,
    PALE_GREY,
    PALE_TURQUOISE,
    QUIET,
    SIZE,
    WIDTH,
    Drawing,
    assemble,
    block,
    lines_of,
)
from analysis.outputs.shapes import Rect, Rule, Shape, Text

LABEL_WIDTH, LEFT, RIGHT = 300.0, 318.0, 44.0
POSSIBLE, LIKELY, ROW, HEAD = 14.0, 14.0, 25.0, 24.0


@dataclass(frozen=True, slots=True)
class Span:
    """One share as found, the shares of all boards that are likely, if that can be said, and that are possible."""

    label: str
    share: float
    likely: tuple[float, float] | None
    possible: tuple[float, float]


def draw_bounds(spans: Sequence[Span]) -> Drawing:
    """Return a pale bar for what is possible, a stronger one for what is likely, and a stroke for what was found."""
    shapes: list[Shape] = []
    y = HEAD
    for span in spans:
        height = max(ROW, LINE * len(lines_of(span.label, width=LABEL_WIDTH)) + 8)
        shapes += _row(span, y + height / 2)
        y += height
    return assemble([*_scale(y), *shapes], height=y + 2)


def _row(span: Span, middle: float) -> Iterator[Shape]:
    yield from block(span.label, x=0, middle=middle, width=LABEL_WIDTH)
    yield _bar(span.possible, middle, POSSIBLE, PALE_GREY, stroke=QUIET)
    if span.likely:
        yield _bar(span.likely, middle, LIKELY, PALE_TURQUOISE, stroke=QUIET)
    yield Rect(round(_x(span.share) - 1.5, 1), round(middle - 9, 1), 3, 18, BLUE)


def _bar(ends: tuple[float, float], middle: float, height: float, fill: str, *, stroke: str) -> Rect:
    low, high = map(_x, ends)
    return Rect(round(low, 1), round(middle - height / 2, 1), round(max(high - low, 1), 1), height, fill, stroke)


def _scale(bottom: float) -> Iterator[Shape]:
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        x = round(_x(share), 1)
        yield Rule(x, HEAD - 6, x, round(bottom, 1), QUIET if share == 0.5 else GRID)
        yield Text(x, SIZE, f"{share:.0%}", "middle", QUIET)


def _x(share: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * share
