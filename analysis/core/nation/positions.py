"""Where a board stands on an item, among all boards and among the groups that its chair may be shown.

A chair knows the answers of the boards that they chair. So a group is shown to them only if it would still be safe
with those taken out of it: enough other boards (M47), no one or two others left in an answer (M48), not all of one
mind (M50).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from analysis.core.disclosure import LARGEST_PRIMARY
from analysis.core.nation.told import Among, Told
from analysis.core.release.questions import Part
from analysis.core.shape import NOT_SPECIFIED_ID
from survey.schema.answers import Value
from survey.schema.codes import DONT_KNOW, NOT_ANSWERED, NOT_ASKED, REFUSED
from survey.schema.document import Item

Places = frozenset[int]


@dataclass(frozen=True)
class Respondent:
    """One return that counts: the strata of its board, and its answers as they were sent."""

    strata: Mapping[str, str]
    answers: Mapping[str, Value]


@dataclass(frozen=True)
class Position:
    """Where a board stands on one item: the places of its answers, and the boards that it is shown among.

    `withheld` are its groups that the release shows, and that its chair could take apart.
    """

    told: Told
    item: Item
    value: Value
    mine: Places
    among: tuple[Among, ...]
    withheld: tuple[Among, ...]


def position_of(item: Item, *, told: Told, me: Respondent, known: Collection[Respondent], smallest: int) -> Position:
    """Return where the board stands; `known` are all boards whose answers its chair knows, this one among them."""
    mine = places_of(item, told=told, value=me.answers.get(item.code))
    groups = [each for each in told.groups if each.holds(me.strata)]
    shown = [each for each in groups if is_safe(each, given=_given(item, told, each, known), smallest=smallest)]
    return Position(
        told=told,
        item=item,
        value=me.answers.get(item.code),
        mine=mine,
        among=(told.nation, *shown),
        withheld=tuple(each for each in groups if each not in shown),
    )


def is_safe(among: Among, *, given: Sequence[Places], smallest: int) -> bool:
    """Return whether a group stays safe for somebody who knows these answers in it: `given`, one for each board."""
    others = among.base - len(given)
    return others >= smallest and all(
        _is_safe(figure.count, known=sum(place in each for each in given), others=others)
        for place, figure in enumerate(among.figures)
    )


def _is_safe(count: int | None, *, known: int, others: int) -> bool:
    """A count that is withheld is not safe with somebody who knows boards in it: its range has become narrower."""
    if count is None:
        return known == 0
    left = count - known
    return left != others and not (known and 1 <= left <= LARGEST_PRIMARY)


def places_of(item: Item, *, told: Told, value: Value) -> Places:
    """Return the places, among the parts of the question, of the answer; none where the item was not asked."""
    if not told.overlaps:
        code = value if isinstance(value, int) else NOT_ANSWERED
        return frozenset(place for place, part in enumerate(told.parts) if code in part.answer.codes)
    chosen = {item.scale.by_value[each].code for each in value} if isinstance(value, list) and item.scale else set()
    if not chosen and value != NOT_ASKED:
        chosen = {_unchosen(item, value)}
    return frozenset(place for place, part in enumerate(told.parts) if part.id in chosen)


def _unchosen(item: Item, value: Value) -> str:
    """The part for a multiple choice of which nothing was chosen."""
    unknown = item.scale.by_value.get(DONT_KNOW) if item.scale else None
    return unknown.code if value == DONT_KNOW and unknown else NOT_SPECIFIED_ID


def _given(item: Item, told: Told, among: Among, known: Collection[Respondent]) -> list[Places]:
    inside = (
        places_of(item, told=told, value=each.answers.get(item.code)) for each in known if among.holds(each.strata)
    )
    return [places for places in inside if places]


def is_blank(value: Value) -> bool:
    """Return whether the board gave no answer."""
    return value in (None, [], "", NOT_ANSWERED, REFUSED)


def part_of(position: Position) -> Part | None:
    """Return the part in which the answer to a single choice is counted."""
    return next((part for place, part in enumerate(position.told.parts) if place in position.mine), None)
