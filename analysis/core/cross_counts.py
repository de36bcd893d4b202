"""How many returns of each group gave each answer: what every cell of a cross-table is made of."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analysis.core.cube import Cube, breakdown, breakdown_by_item
from analysis.core.marks import CHOSEN, choices_of, mark_of
from analysis.core.plan_document import Base, CrossSpec
from analysis.core.shape import NOT_SPECIFIED_ID, NOT_SPECIFIED_LABEL, scale_of
from survey.schema.codes import DONT_KNOW, NOT_ANSWERED, NOT_ASKED, REFUSED
from survey.schema.document import Item, Option, Questionnaire

Codes = Mapping[int, int]
NOT_ANSWERED_ID, NOT_ASKED_ID = "not_answered", "not_asked"
FRAME = ("authority_type", "region")


@dataclass(frozen=True, slots=True)
class Level:
    """One group of returns: the values of the variable that it is made of."""

    id: str
    label: str
    values: tuple[str | int, ...]
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One column: the options that are counted together."""

    id: str
    label: str
    options: tuple[Option, ...]

    @property
    def is_dont_know(self) -> bool:
        """Whether it is no position on the scale."""
        return all(option.kind == "dont_know" for option in self.options)


@dataclass(frozen=True, slots=True)
class Tally:
    """The answers of one group to one item; the parts of a multiple choice overlap.

    Those who did not want to answer are among those who did not. An item that routing never closes is asked of all.
    """

    returned: int
    parts: Mapping[str, int]
    dont_know: int
    not_answered: int
    refused: int
    not_asked: int

    def base(self, base: Base) -> int:
        """Return how many returns the percentages stand on."""
        if base == "returned":
            return self.returned
        asked = self.returned - self.not_asked
        return asked if base == "asked" else asked - self.not_answered - self.dont_know


def levels_of(spec: CrossSpec, questionnaire: Questionnaire) -> tuple[Level, ...]:
    """Return the groups of a cross-table in order, those without a place set apart; none if nothing breaks it down."""
    if not spec.by:
        return ()
    if spec.by in FRAME:
        named = tuple(Level(row.id, row.label, (row.value,)) for row in spec.rows)
        return (*named, Level(NOT_SPECIFIED_ID, NOT_SPECIFIED_LABEL, ("",), apart=True))
    item = questionnaire.items[spec.by]
    options = (Level(one.code, one.label, (one.value,), one.kind == "dont_know") for one in scale_of(item).options)
    unasked = (Level(NOT_ASKED_ID, "Not applicable", (NOT_ASKED,), apart=True),) if item.shown_when else ()
    return (*options, Level(NOT_ANSWERED_ID, "Not answered", (NOT_ANSWERED, REFUSED), apart=True), *unasked)


def parts_of(spec: CrossSpec, item: Item) -> tuple[Part, ...]:
    """Return the columns of the item's scale, collapsed where the spec collapses it."""
    options = scale_of(item).options
    if not spec.collapse:
        return tuple(Part(one.code, one.label, (one,)) for one in options)
    return tuple(
        Part(each.id, each.label, tuple(one for one in options if one.code in each.options)) for each in spec.collapse
    )


def tallies(cube: Cube, item: Item, *, spec: CrossSpec, levels: Sequence[Level]) -> tuple[list[Tally], Tally]:
    """Return the tally of each level and of all returns. Raises ValueError for a group that has no level."""
    columns = {column: _split(cube, column, by=spec.by) for column in _columns_of(item)}
    known = {value for level in levels for value in level.values}
    values = set().union(*(split.keys() for split in columns.values()))
    if spec.by and values - known:
        unplaced = ", ".join(map(str, sorted(values - known, key=str)))
        raise ValueError(f"{spec.id} has no row for {spec.by} {unplaced}.")
    each = [_tally(item, spec, columns, values=level.values) for level in levels]
    return each, _tally(item, spec, columns, values=values)


def pairs_of(specs: Iterable[object], questionnaire: Questionnaire) -> list[tuple[str, str]]:
    """Return the pairs of columns that must be counted together before these tables can be made."""
    crossed = [spec for spec in specs if isinstance(spec, CrossSpec) and spec.by and spec.by not in FRAME]
    return [(column, spec.by) for spec in crossed for item in items_of(spec, questionnaire)
            for column in _columns_of(item)]  # fmt: skip


def items_of(spec: CrossSpec, questionnaire: Questionnaire) -> tuple[Item, ...]:
    """Return the items that are tabulated: one, or those of a battery."""
    return (questionnaire.items[spec.item],) if spec.item else questionnaire.question(spec.question).items


def _columns_of(item: Item) -> tuple[str, ...]:
    if item.kind == "multiple":
        return tuple(mark_of(item, option) for option in choices_of(item))
    return (item.code,)


def _split(cube: Cube, column: str, *, by: str) -> Mapping[str | int, Codes]:
    if not by:
        return {"": cube.codes(column)}
    if by in FRAME:
        return dict[str | int, Codes](breakdown(cube, column, by=by).items())
    return dict[str | int, Codes](breakdown_by_item(cube, column, by=by).items())


def _tally(
    item: Item, spec: CrossSpec, columns: Mapping[str, Mapping[str | int, Codes]], *, values: Iterable[str | int]
) -> Tally:
    """What marks of a multiple choice hold beside chosen or not is the same in all of them, so the first one tells."""
    kept = tuple(values)
    codes = {column: _together(split[value] for value in kept if value in split) for column, split in columns.items()}
    first = next(iter(codes.values()))
    unasked = first[NOT_ASKED] if item.shown_when else 0
    return Tally(
        returned=sum(first.values()),
        parts={part.id: _count(item, part, codes, first) for part in parts_of(spec, item)},
        dont_know=first[DONT_KNOW],
        not_answered=first[NOT_ANSWERED] + first[REFUSED] + first[NOT_ASKED] - unasked,
        refused=first[REFUSED],
        not_asked=unasked,
    )


def _count(item: Item, part: Part, codes: Mapping[str, Counter[int]], first: Counter[int]) -> int:
    if item.kind == "multiple" and not part.is_dont_know:
        return sum(codes[mark_of(item, option)][CHOSEN] for option in part.options)
    return sum(first[option.value] for option in part.options)


def _together(splits: Iterable[Codes]) -> Counter[int]:
    total: Counter[int] = Counter()
    for codes in splits:
        total.update(codes)
    return total
