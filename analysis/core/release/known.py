"""What earlier releases hid of a table that is taken away by itself, and whether it may stand beside them at all."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.core.cross import Cross
from analysis.core.cross_counts import FRAME, NOT_ANSWERED_ID, Level, Part
from analysis.core.disclosure import SMALLEST_BASE
from analysis.core.marks import CHOSEN, choices_of, mark_of
from analysis.core.protecting import NOTE
from analysis.core.release.crossed import both
from analysis.core.release.earlier import Earlier, differences
from analysis.core.release.groups import EVERYONE, UNNAMED, Group
from analysis.core.release.participation import returns_at
from analysis.core.release.questions import Answer
from analysis.core.shape import Place
from analysis.core.table import CONFIDENTIAL, Cell, Table
from survey.schema.codes import NOT_ANSWERED, NOT_SPECIFIED, REFUSED
from survey.schema.document import Item

REMEDY = "Take the figures of that release instead, or choose another breakdown."


@dataclass(frozen=True)
class Withheld:
    """The places that a release hid, and the rows of which not even the base may be told."""

    places: frozenset[Place] = frozenset()
    rows: frozenset[str] = frozenset()


NOTHING = Withheld()


def withheld(cross: Cross, *, earlier: Sequence[Earlier]) -> Withheld:
    """Return what these releases hid of this table: the count itself, or one that its parts would give away."""
    places, rows = set(), set()
    for place, item, level, part in _every_place(cross):
        if _is_hidden(cross, item, level, _answer(item, part), earlier):
            places.add(place)
        if cross.spec.by in FRAME and _hides_returns(_group(cross, level), earlier):
            places.add(place)
            rows.add(place[0])
    return Withheld(frozenset(places), frozenset(rows))


def too_close(by: str, *, returns: Mapping[str, int], earlier: Sequence[Earlier]) -> Iterator[str]:
    """Yield a sentence for each group that differs from a released one by one to nine boards. Rule M52.

    Groups with too few returns are withheld, so nothing is told of them.
    """
    groups = [_group_named(by, name) for name in returns if name != EVERYONE and returns[name] >= SMALLEST_BASE]
    yield from differences(groups, bases=returns, earlier=earlier, remedy=REMEDY)


def without_rows(table: Table, rows: Collection[str]) -> Table:
    """Return the table with nothing told in these rows, their bases among it."""
    if not rows:
        return table
    cells = {place: Cell(marker=CONFIDENTIAL) if place[0] in rows else cell for place, cell in table.cells.items()}
    return replace(table, cells=cells, notes=(*(note for note in table.notes if note != NOTE), NOTE))


def _every_place(cross: Cross) -> Iterator[tuple[Place, Item, Level, Part | None]]:
    """Those of answers, then what was not answered of each row."""
    found = list(cross.places())
    yield from found
    rows = {place[0]: (item, level) for place, item, level, _ in found}
    for row, (item, level) in rows.items():
        yield (row, NOT_ANSWERED_ID), item, level, None


def _answer(item: Item, part: Part | None) -> Answer:
    """What a release calls the answer; of a multiple choice each option is an item of its own."""
    options = () if part is None else part.options
    if item.kind == "multiple":
        is_choice = part is not None and not part.is_dont_know
        mark = mark_of(item, options[0] if is_choice else choices_of(item)[0])
        codes = (CHOSEN,) if is_choice else tuple(option.value for option in options)
        return Answer(mark, codes or tuple(sorted((NOT_ANSWERED, REFUSED))))
    return Answer(item.code, tuple(sorted(option.value for option in options)) or tuple(sorted(NOT_SPECIFIED)))


def _is_hidden(cross: Cross, item: Item, level: Level, answer: Answer, earlier: Sequence[Earlier]) -> bool:
    if cross.spec.by in FRAME:
        return any(each.hides(answer.item, answer.codes, _group(cross, level)) for each in earlier)
    is_blank = NOT_ANSWERED in level.values
    values = tuple(sorted(NOT_SPECIFIED if is_blank else map(int, level.values)))
    name = both(answer, Answer(cross.spec.by, values))
    return any(name in each.hidden for each in earlier)


def _group(cross: Cross, level: Level) -> Group:
    return Group(cross.spec.by, level.label, tuple(map(str, level.values)))


def _group_named(by: str, name: str) -> Group:
    level = name.partition(": ")[2]
    return Group(by, level, ("" if level == UNNAMED else level,))


def _hides_returns(group: Group, earlier: Sequence[Earlier]) -> bool:
    return any(returns_at(group.name) in each.hidden for each in earlier)
