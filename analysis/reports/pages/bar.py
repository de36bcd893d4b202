"""The scale as one bar: a part for each answer in the order of the scale, the board's own marked above it.

The same parts are drawn on a screen, in per cent of whatever width there is, and on paper.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from django.utils.safestring import SafeString, mark_safe

from analysis.core.nation.positions import Position
from analysis.outputs.drawing import GAP, INK, Drawing, assemble, fills, ink_on
from analysis.outputs.shapes import Mark, Rect, Shape, Text

NARROWEST = 6.0  # per cent of the width that hold a figure of two digits on a phone
EDGE = 8.0
PAPER, TOP, BAR = 160.0, 10.0, 11.0


@dataclass(frozen=True)
class Part:
    """One answer: where it lies from 0 to 100, how many gave it, and its colours."""

    label: str
    count: int
    start: float
    width: float
    fill: str
    ink: str
    is_yours: bool

    @property
    def middle(self) -> float:
        """Where its mark stands."""
        return round(self.start + self.width / 2, 2)

    @property
    def figure(self) -> str:
        """The figure that stands in it, where it is wide enough."""
        return f"{self.count:,}" if self.width >= NARROWEST else ""

    @property
    def anchor(self) -> str:
        """To which side the word above it is set, so that it stays on the page."""
        return "start" if self.middle < EDGE else "end" if self.middle > 100 - EDGE else "middle"


@dataclass(frozen=True)
class Bar:
    """A bar of all boards that gave a position on the scale, in words too."""

    id: str
    title: str
    parts: tuple[Part, ...]

    @property
    def mine(self) -> Part | None:
        """The part in which the board stands; none if its answer is no position on the scale."""
        return next((part for part in self.parts if part.is_yours), None)


@dataclass(frozen=True)
class Printed:
    """A bar as it is drawn on paper."""

    finding: str
    drawing: Drawing
    width: float = PAPER

    @property
    def shapes(self) -> SafeString:
        """All that is drawn, as SVG: written here, since a report has hundreds of them."""
        boxes = "".join(each.svg for each in self.drawing.rects)
        marks = "".join(f'<path d="{each.path}"/>' for each in self.drawing.marks)
        words = "".join(each.svg for each in self.drawing.texts)
        return mark_safe(boxes + marks + words)  # noqa: S308 -- each shape escapes its words


def bar_of(position: Position) -> Bar | None:
    """The bar of an item; none for a multiple choice, whose answers overlap, or where nobody took a position."""
    nation = position.told.nation
    scale = [place for place, part in enumerate(position.told.parts) if not part.apart][::-1]
    counts = [nation.figures[place].count or 0 for place in scale]
    base = sum(counts)
    if position.told.overlaps or not base:
        return None
    colours = fills(len(scale))[::-1]
    starts = accumulate(counts, initial=0)
    parts = tuple(
        Part(
            label=position.told.parts[place].label,
            count=count,
            start=round(100 * start / base, 2),
            width=round(100 * count / base, 2),
            fill=fill,
            ink=ink_on(fill) or INK,
            is_yours=place in position.mine,
        )
        for place, count, start, fill in zip(scale, counts, starts, colours, strict=False)
    )
    return Bar(f"bar-{position.item.code.replace('.', '-')}", _title(parts), parts)


def printed(bar: Bar) -> Printed:
    """The bar for paper."""
    return Printed(bar.title, assemble(list(_shapes(bar)), height=TOP + BAR + 2))


def _title(parts: tuple[Part, ...]) -> str:
    told = ", ".join(f"{part.label} {part.count:,}{' (your answer)' if part.is_yours else ''}" for part in parts)
    return f"All boards: {told}"


def _shapes(bar: Bar) -> Iterator[Shape]:
    for part in (each for each in bar.parts if each.count):
        left, width = part.start * PAPER / 100, part.width * PAPER / 100
        yield Rect(round(left + GAP / 2, 1), TOP, round(max(width - GAP, 0.5), 1), BAR, part.fill)
        if part.figure:
            yield Text(round(left + width / 2, 1), TOP + 8.8, part.figure, "middle", part.ink)
    if mine := bar.mine:
        x = round(min(max(mine.middle * PAPER / 100, 6), PAPER - 6), 1)
        yield Mark(x, TOP - 5.5, "diamond", INK, INK)
