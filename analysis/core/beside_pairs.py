"""The positive answers of this survey and of another beside each other, item by item, tested as two samples."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analysis.core.bars import Item, items_of
from analysis.core.beside import OtherFigure, OtherSurvey
from analysis.core.intervals import wilson_interval
from analysis.core.references import counts_behind
from analysis.core.reliability import SMALLEST_BASE
from analysis.core.table import Table
from analysis.core.two_surveys import Difference, Family, difference, holm


@dataclass(frozen=True, slots=True)
class Side:
    """So many of so many in one survey; without a count nothing can be reckoned from the percentage."""

    count: int | None
    base: int
    percent: int | None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's limits as shares, without correction for a finite population; none under a base of ten."""
        if self.count is None or self.base < SMALLEST_BASE:
            return None
        return wilson_interval(self.count, n=self.base)


@dataclass(frozen=True, slots=True)
class Pair:
    """One item in both surveys: which answers are counted together, and both shares."""

    table: str
    panel: str
    label: str
    answers: tuple[str, ...]
    ours: Side
    theirs: Side | None
    is_doubtful: bool = False  # whether some published answer to this item cannot be right


@dataclass(frozen=True, slots=True)
class Tested:
    """One pair with the difference of its shares and the adjusted p; or why there is none."""

    pair: Pair
    difference: Difference | None
    adjusted: float | None
    why_not: str

    @property
    def is_clear(self) -> bool:
        """Whether the difference stands after adjustment for its family."""
        return self.adjusted is not None and self.adjusted < 0.05


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every item of one other survey, tested as one family."""

    lines: tuple[Tested, ...]
    family: Family


def every_pair(table: Table, other: OtherSurvey) -> tuple[Pair, ...]:
    """Return the items of a table, each by the positive half of its scale; no `theirs` where it was not asked."""
    return tuple(_pair(table, item, other) for item in items_of(table))


def pairs_of(table: Table, other: OtherSurvey) -> tuple[Pair, ...]:
    """Return the items of a table that the other survey has figures for."""
    if not other.stands_in(table.id):
        return ()
    return tuple(pair for pair in every_pair(table, other) if pair.theirs is not None)


def compare_with(other: OtherSurvey, *, tables: Iterable[Table]) -> Comparison:
    """Return Newcombe's interval and Fisher's p of each pair, adjusted by Holm over all that can be tested."""
    pairs = [pair for table in tables for pair in pairs_of(table, other)]
    found = [_difference(pair) for pair in pairs]
    family = holm([each.p for each in found if isinstance(each, Difference)])
    adjusted = iter(family.adjusted)
    lines = (
        Tested(pair, each, next(adjusted), "") if isinstance(each, Difference) else Tested(pair, None, None, each)
        for pair, each in zip(pairs, found, strict=True)
    )
    return Comparison(tuple(lines), family)


def _pair(table: Table, item: Item, other: OtherSurvey) -> Pair:
    positive = item.parts[: max(len(item.parts) // 2, 1)]
    counts = [cell.count or 0 for _, _, cell in positive]
    base = positive[0][2].base or 0
    mine = Side(sum(counts), base, _rounded(sum(counts), base))
    figures = [other.figures.get(_place(table, item, part)) for part, _, _ in positive]
    every = [other.figures.get(_place(table, item, part)) for part, _, _ in (*item.parts, *item.apart)]
    printed = [each for each in every if each]
    theirs = _together([each for each in figures if each], of=len(figures)) if printed else None
    answers = tuple(label for _, label, _ in positive)
    return Pair(table.id, item.panel, item.label, answers, mine, theirs, _is_doubtful(printed))


def _is_doubtful(figures: list[OtherFigure]) -> bool:
    """Some percentage comes from no whole number, or they add to more than rounding explains."""
    impossible = any(each.count is None and not counts_behind(each.percent, base=each.base) for each in figures)
    return impossible or 2 * sum(each.percent for each in figures) > 200 + len(figures)


def _place(table: Table, item: Item, part: str) -> tuple[str, str, str]:
    """Where an answer stands: answers are rows, but for statements, where they are columns."""
    if table.kind == "statements":
        return table.id, item.id, part
    column = item.id.partition(".")[2] if table.kind == "ratings" else table.columns[0].id
    return table.id, part, column


def _together(figures: list[OtherFigure], *, of: int) -> Side:
    """Answers are added as counts; one alone keeps its percentage even where no count is known."""
    base = figures[0].base if figures else 0
    counts = [each.count for each in figures if each.count is not None]
    if len(counts) == of:
        return Side(sum(counts), base, _rounded(sum(counts), base))
    return Side(None, base, figures[0].percent if len(figures) == of == 1 else None)


def _rounded(count: int, base: int) -> int | None:
    return (200 * count + base) // (2 * base) if base else None


def _difference(pair: Pair) -> Difference | str:
    theirs = pair.theirs
    if theirs is None or theirs.count is None:
        return "no single whole number is known behind the other survey’s figure"
    if min(pair.ours.base, theirs.base) < SMALLEST_BASE:
        return f"a base is under {SMALLEST_BASE}"
    return difference((pair.ours.count or 0, theirs.count), bases=(pair.ours.base, theirs.base))


def by_table(lines: Iterable[Tested], table: str) -> Iterator[Tested]:
    """Yield those of one table."""
    return (line for line in lines if line.pair.table == table)
