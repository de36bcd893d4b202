"""The same boards in two waves of one questionnaire: each item's answers paired, and tested as pairs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import polars as pl

from analysis.core.marks import CHOSEN, NOT_CHOSEN, choices_of, mark_of
from analysis.core.paired import mcnemar_p
from analysis.core.reliability import FIRM_BASE, SMALLEST_BASE
from analysis.core.two_surveys import Family, holm
from survey.schema.document import Item

BOARD, LATER = "board", "_later"


@dataclass(frozen=True)
class Panel:
    """Boards that answered in both waves, a row each, the later answers under a suffix; and how many did not."""

    frame: pl.DataFrame
    only_earlier: int
    only_later: int
    unnamed: int

    @property
    def size(self) -> int:
        """How many boards are linked."""
        return self.frame.height


@dataclass(frozen=True, slots=True)
class PairedSpec:
    """One thing that is paired: the column of both frames, its words, and which codes are counted together."""

    column: str
    code: str
    label: str
    panel: str
    positive: frozenset[int]
    answers: tuple[str, ...]
    codes: tuple[tuple[int, str], ...]  # every position on the scale in its order, with its words

    @property
    def words(self) -> str:
        """The item as it stands among those of other questions."""
        return f"{self.panel}: {self.label}" if self.panel else self.label


@dataclass(frozen=True, slots=True)
class PairedItem:
    """Boards that took a position in both waves, by whether it was a positive one; `counts` is earlier × later."""

    spec: PairedSpec
    both: int
    only_earlier: int
    only_later: int
    neither: int
    left_out: int
    counts: tuple[tuple[int, ...], ...]
    p: float | None
    adjusted: float | None = None

    @property
    def base(self) -> int:
        """How many boards took a position in both."""
        return self.both + self.only_earlier + self.only_later + self.neither

    @property
    def is_shaky(self) -> bool:
        """Whether the panel is so small that its figures are marked [u]."""
        return SMALLEST_BASE <= self.base < FIRM_BASE


def link(earlier: pl.DataFrame, later: pl.DataFrame) -> Panel:
    """Return the boards of both frames, joined by the column `board`; returns that name no board are only counted."""
    first, second = (each.filter(pl.col(BOARD).is_not_null()) for each in (earlier, later))
    joined = first.join(second, on=BOARD, how="inner", suffix=LATER).sort(BOARD)
    unnamed = earlier.height + later.height - first.height - second.height
    return Panel(joined, first.height - joined.height, second.height - joined.height, unnamed)


def specs_of(item: Item, *, panel: str = "") -> tuple[PairedSpec, ...]:
    """Return what is paired of an item: the positive half of its scale, or each choice of a multiple choice.

    `panel` is the question in short where several items share it.
    """
    if item.scale is None:
        return ()
    if item.kind == "multiple":
        marks = ((CHOSEN, "Chosen"), (NOT_CHOSEN, "Not chosen"))
        return tuple(
            PairedSpec(mark_of(item, one), item.code, one.label, item.short, frozenset({CHOSEN}), ("chosen",), marks)
            for one in choices_of(item)
        )
    options = [option for option in item.scale.options if option.kind != "dont_know"]
    upper = options[: max(len(options) // 2, 1)]
    codes = tuple((option.value, option.label) for option in options)
    positive, answers = frozenset(option.value for option in upper), tuple(option.label for option in upper)
    return (PairedSpec(item.code, item.code, item.label, panel, positive, answers, codes),)


def pair(panel: Panel, specs: Sequence[PairedSpec]) -> tuple[tuple[PairedItem, ...], Family]:
    """Return each item's paired counts with McNemar's exact p, adjusted by Holm over all that are tested.

    Don't know, not answered, refused and not asked in either wave leave a board out of that item; panels under ten
    boards are counted and not tested.
    """
    found = [_paired(panel.frame, spec) for spec in specs]
    family = holm([each.p for each in found if each.p is not None])
    adjusted = iter(family.adjusted)
    return tuple(replace(each, adjusted=next(adjusted)) if each.p is not None else each for each in found), family


def _paired(frame: pl.DataFrame, spec: PairedSpec) -> PairedItem:
    values = [value for value, _ in spec.codes]
    joint = frame.group_by(spec.column, f"{spec.column}{LATER}").len().rows()
    counted = {(before, after): number for before, after, number in joint}
    counts = tuple(tuple(counted.get((before, after), 0) for after in values) for before in values)
    cells = {(b in spec.positive, a in spec.positive): 0 for b in values for a in values}
    for row, before in enumerate(values):
        for column, after in enumerate(values):
            cells[before in spec.positive, after in spec.positive] += counts[row][column]
    only_earlier, only_later = cells.get((True, False), 0), cells.get((False, True), 0)
    base = _total(counts)
    return PairedItem(
        spec=spec,
        both=cells.get((True, True), 0),
        only_earlier=only_earlier,
        only_later=only_later,
        neither=cells.get((False, False), 0),
        left_out=frame.height - base,
        counts=counts,
        p=mcnemar_p(only_later, worsened=only_earlier) if base >= SMALLEST_BASE else None,
    )


def _total(counts: Iterable[Iterable[int]]) -> int:
    return sum(sum(row) for row in counts)
