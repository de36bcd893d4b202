"""This survey and another in two panels with a break between them, never on one line: a point and an interval each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from analysis.core.beside_pairs import Pair, Side
from analysis.core.table import NOT_APPLICABLE, NOT_AVAILABLE
from analysis.outputs.drawing import BLUE, INK, LINE, QUIET, SIZE, WHITE, WIDTH, Drawing, assemble, block, lines_of
from analysis.outputs.shapes import Mark, Rule, Shape, Text

LABEL_WIDTH, FIGURE, BREAK_WIDTH, ASIDE = 190.0, 38.0, 44.0, 16.0
ROW, PANEL, HEAD = 23.0, 30.0, 42.0
PLOT = (WIDTH - LABEL_WIDTH - ASIDE - BREAK_WIDTH) / 2
TICKS = (0, 25, 50, 75, 100)


@dataclass(frozen=True, slots=True)
class _Panel:
    """One survey: where its panel begins, its heading, and the mark that is its own."""

    left: float
    heading: str
    mark: Literal["disc", "diamond"]
    fill: str
    stroke: str
    dashes: str

    def x(self, share: float) -> float:
        """Where a share from 0 to 1 lies."""
        return round(self.left + share * (PLOT - FIGURE), 1)


def draw_comparator(pairs: Sequence[Pair], *, ours: str, theirs: str) -> Drawing:
    """Return the share of each item's positive answers: ours at the left, the other survey's behind the break."""
    first = _Panel(LABEL_WIDTH + ASIDE, ours, "disc", BLUE, BLUE, "")
    second = _Panel(first.left + PLOT + BREAK_WIDTH, theirs, "diamond", WHITE, INK, "3 2")
    shapes: list[Shape] = [*_head(first), *_head(second)]
    y = HEAD
    for name, members in groupby(pairs, key=_panel_name):
        shapes.append(Text(0, y + PANEL - 9, name, weight=600))
        top = y = y + PANEL
        for pair in members:
            height = max(ROW, LINE * len(lines_of(pair.label, width=LABEL_WIDTH)) + 8)
            shapes += _line(pair, first, second, middle=round(y + height / 2, 1))
            y += height
        shapes += _grid((first, second), top=top, bottom=round(y, 1))
    middle = second.left - BREAK_WIDTH / 2
    shapes.append(Rule(middle, 0, middle, y, INK, dashes="4 4"))
    return assemble(shapes, height=y + 4)


def heading(label: str, sides: Sequence[Side | None]) -> str:
    """Return the name of a survey with its base, or its least and greatest where items differ."""
    bases = sorted({side.base for side in sides if side is not None and side.base})
    if not bases:
        return label
    return f"{label}, N = {bases[0]:,}" + (f" to {bases[-1]:,}" if len(bases) > 1 else "")


def _panel_name(pair: Pair) -> str:
    """What is counted stands with the panel where one answer is; a caption says it where several are."""
    answers = " or ".join(pair.answers).lower()
    return f"{pair.panel}: {answers}" if pair.panel else answers[:1].upper() + answers[1:]


def _head(panel: _Panel) -> Iterator[Shape]:
    yield Text(panel.left, 12.5, panel.heading, weight=600)
    for tick in (0, 50, 100):
        yield Text(panel.x(tick / 100), HEAD - 7, f"{tick}%", "middle", QUIET, 12)


def _line(pair: Pair, first: _Panel, second: _Panel, *, middle: float) -> Iterator[Shape]:
    yield from block(pair.label, x=0, middle=middle, width=LABEL_WIDTH)
    yield from _point(pair.ours, first, middle=middle)
    if pair.theirs is None:
        yield Text(second.left + 6, round(middle + SIZE * 0.35, 1), NOT_APPLICABLE, fill=QUIET)
    else:
        yield from _point(pair.theirs, second, middle=middle)


def _grid(panels: Sequence[_Panel], *, top: float, bottom: float) -> Iterator[Shape]:
    for panel in panels:
        for tick in TICKS:
            yield Rule(panel.x(tick / 100), top, panel.x(tick / 100), bottom, "" if tick else QUIET)


def _point(side: Side, panel: _Panel, *, middle: float) -> Iterator[Shape]:
    y = round(middle + SIZE * 0.35, 1)
    if side.percent is None:
        yield Text(panel.left + 6, y, NOT_AVAILABLE, fill=QUIET)
        return
    if side.interval is not None:
        low, high = side.interval
        yield Rule(panel.x(low), middle, panel.x(high), middle, panel.stroke, panel.dashes)
    share = side.percent / 100 if side.count is None else side.count / side.base
    yield Mark(panel.x(share), middle, panel.mark, panel.fill, panel.stroke)
    yield Text(panel.left + PLOT, y, f"{side.percent}%", "end")
