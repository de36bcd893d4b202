"""What the kinds of table share: not specified, the total, and a share that survives an empty base."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.core.percent import percent
from analysis.core.table import NOT_AVAILABLE, Cell
from survey.schema.codes import NOT_SPECIFIED
from survey.schema.document import Item, Option, Questionnaire, Scale

if TYPE_CHECKING:  # what prints tables needs none, and saves what counting loads
    from analysis.core.cube import Cube

Place = tuple[str, str]
Cells = Mapping[Place, Cell]

NOT_SPECIFIED_ID, NOT_SPECIFIED_LABEL = "not_specified", "Not specified"
TOTAL_ID, TOTAL_LABEL = "total", "Total"


@dataclass(frozen=True)
class Population:
    """How many eligible boards and their authorities there are at each level of each stratum.

    `not_eligible` is how many boards of the frame are none of them.
    """

    boards: Mapping[str, Mapping[str, int]]
    authorities: Mapping[str, Mapping[str, int]]
    not_eligible: int = 0

    def __post_init__(self) -> None:
        for register in (self.boards, self.authorities):
            if len({sum(levels.values()) for levels in register.values()}) > 1:
                raise ValueError("The strata of a population must all add to the same total.")


def share(number: int, *, base: int) -> Cell:
    """Return a count with its percentage of the base, or without one while there is no base."""
    if base == 0:
        return Cell(count=number, base=0, marker=NOT_AVAILABLE)
    return Cell(count=number, base=base, percent=percent(number, base))


def scale_of(item: Item) -> Scale:
    """Return the scale of a closed item; a plan that loaded tabulates no other."""
    if item.scale is None:
        raise ValueError(f"{item.code} has no scale to tabulate.")
    return item.scale


def is_ordered(scale: Scale, questionnaire: Questionnaire) -> bool:
    """Return whether its options are positions from one end to the other: a shared scale of at least three."""
    return scale.code in {each.code for each in questionnaire.scales} and len(positions_of(scale)) > 2


def positions_of(scale: Scale) -> list[Option]:
    """Return the options but for don't know."""
    return [option for option in scale.options if option.kind != "dont_know"]


def counted_together(cube: Cube, item: Item, options: Sequence[Option]) -> int:
    """Return how many returns gave any of these options."""
    codes = cube.codes(item.code)
    return sum(codes.get(option.value, 0) for option in options)


def not_specified(cube: Cube, item: Item) -> int:
    """Return how many returns did not answer, refused or were not asked."""
    codes = cube.codes(item.code)
    return sum(codes.get(code, 0) for code in NOT_SPECIFIED)


def tally(cube: Cube, item: Item) -> dict[str, Cell]:
    """Return a share of all returns for each option of the item, for not specified and for the total."""
    counts = {option.code: counted_together(cube, item, [option]) for option in scale_of(item).options}
    counts |= {NOT_SPECIFIED_ID: not_specified(cube, item), TOTAL_ID: cube.total}
    return {category: share(number, base=cube.total) for category, number in counts.items()}


def all_returns(cube: Cube) -> str:
    """Return the words that name all returns as the base."""
    return f"All returns (N = {cube.total:,})."
