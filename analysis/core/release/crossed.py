"""The counts of two items together, in all cross-tables of them, with sums to the margins that national tables show.

Both margins are known. A pair of items is a system of its own: it is only released where nothing else that is shown of
the two tells more of them than their margins do (see `rings`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analysis.core.count_systems import ROOM
from analysis.core.disclosure import LARGEST_PRIMARY, SMALLEST_BASE
from analysis.core.plan import Plan
from analysis.core.plan_document import CrossSpec, Spec
from analysis.core.release.counting import Counting
from analysis.core.release.decisions import is_by_item
from analysis.core.release.groups import EVERYONE
from analysis.core.release.linked import OF_ONE_MIND, SMALL_BASE, SMALL_COUNT, Linked, Sheet
from analysis.core.release.questions import Answer, Question, elements, is_in, question_of, questions_of
from analysis.core.release.rings import Tie

Pair = tuple[str, str]


@dataclass(frozen=True)
class Crossing:
    """Two items, each as its cross-tables tell it, and these tables."""

    columns: tuple[Question, ...]
    rows: tuple[Question, ...]
    tables: tuple[str, ...]

    @property
    def overlaps(self) -> bool:
        """Whether one return may stand in several columns."""
        return self.columns[0].unasked is not None


def both(one: Answer, other: Answer) -> str:
    """The name of the count of boards that gave both answers, whichever of them stands in the rows."""
    first, second = sorted((one, other))
    return f"{first.item} = {_codes(first)} & {second.at(EVERYONE)}"


def _codes(answer: Answer) -> str:
    return ", ".join(map(str, answer.codes))


def crossings_of(specs: Iterable[Spec], *, plan: Plan) -> tuple[Crossing, ...]:
    """Return every pair of items that these tables tell together, a pair the other way round as the same."""
    found: dict[Pair, Crossing] = {}
    for spec in (each for each in specs if isinstance(each, CrossSpec) and is_by_item(each)):
        for columns in questions_of(spec, plan=plan):
            pair, key = (columns, question_of(spec.by, plan=plan)), (columns.item, spec.by)
            if key[::-1] in found:
                pair, key = pair[::-1], key[::-1]
            had = found.get(key, Crossing((), (), ()))
            found[key] = Crossing((*had.columns, pair[0]), (*had.rows, pair[1]), (*had.tables, spec.id))
    return tuple(found.values())


def ties_of(spec: Spec, *, plan: Plan) -> tuple[Tie, ...]:
    """Return the pairs of items that a table tells together; none for other tables."""
    if not isinstance(spec, CrossSpec) or not is_by_item(spec):
        return ()
    found = questions_of(spec, plan=plan)
    return tuple(Tie(each.item, spec.by, is_multiple=each.unasked is not None) for each in found)


def link_crossing(crossing: Crossing, *, counting: Counting, smallest: int = SMALLEST_BASE) -> Linked:
    """Return the counts of the two items together, bound by the counts of each among all boards."""
    unasked = [crossing.columns[0].unasked] if crossing.columns[0].unasked else []
    wholes = [(*whole, *unasked) for whole in elements(crossing.columns)]
    finest = list(dict.fromkeys(answer for whole in wholes for answer in whole))
    rows = list(elements(crossing.rows)[0])
    shown, shown_rows = _shown(crossing.columns), _shown(crossing.rows)
    sheet = Sheet()
    for row in rows:
        for answer in finest:
            sheet.add(both(answer, row), counting.together(answer, row))
        for whole in wholes:
            sheet.add(row.at(EVERYONE), _of_all(row, counting), parts=(both(answer, row) for answer in whole))
    for answer in finest:
        sheet.add(answer.at(EVERYONE), _of_all(answer, counting), parts=(both(answer, row) for row in rows))
    for answer in shown:
        for row in shown_rows:
            parts = (both(a, r) for a in finest if is_in(a, answer) for r in rows if is_in(r, row))
            sheet.add(both(answer, row), counting.together(answer, row), parts=parts)
    names = frozenset(both(answer, row) for answer in shown for row in shown_rows)
    places = frozenset(both(answer, row) for answer in finest for row in rows)
    every, every_row = list(dict.fromkeys((*finest, *shown))), list(dict.fromkeys((*rows, *shown_rows)))
    told = [(answer, row) for answer in every for row in every_row if both(answer, row) in sheet.counts]
    of_one_mind = _of_one_mind(shown, every_row, counting)
    primary = {}
    for answer, row in told:
        unanimous = answer in of_one_mind.get(row, ()) if crossing.overlaps else row in of_one_mind
        if rule := _rule(answer, row, counting, smallest=smallest, is_of_one_mind=unanimous):
            primary[both(answer, row)] = rule
    room = {both(answer, row): _room(answer, row, counting) for answer, row in told}
    return Linked(sheet.system, names, places - names, primary, {name: room[name] for name in primary})


def _shown(questions: Sequence[Question]) -> list[Answer]:
    return list(dict.fromkeys(part.answer for question in questions for part in question.parts))


def _of_all(answer: Answer, counting: Counting) -> int:
    return counting.count(answer, counting.everyone)


def _of_one_mind(
    shown: Sequence[Answer], rows: Sequence[Answer], counting: Counting
) -> dict[Answer, tuple[Answer, ...]]:
    """The rows in which all said the same, with what they said."""
    found = {row: tuple(_unanimous(row, shown, counting)) for row in rows}
    return {row: answers for row, answers in found.items() if answers}


def _unanimous(row: Answer, shown: Sequence[Answer], counting: Counting) -> Iterator[Answer]:
    base = _of_all(row, counting)
    return (answer for answer in shown if 0 < base == counting.together(answer, row))


def _rule(answer: Answer, row: Answer, counting: Counting, *, smallest: int, is_of_one_mind: bool) -> str:
    """Why the count tells of a board by itself; all who gave an answer of a column may be of one mind as well."""
    base, count = _of_all(row, counting), counting.together(answer, row)
    if not base or not _of_all(answer, counting):  # nobody could have given both, as the national tables say
        return ""
    if base < smallest:
        return SMALL_BASE
    if is_of_one_mind or 0 < count == _of_all(answer, counting):
        return OF_ONE_MIND
    return SMALL_COUNT if 1 <= count <= LARGEST_PRIMARY else ""


def _room(answer: Answer, row: Answer, counting: Counting) -> int:
    """How uncertain the count would be if the two items were told apart alone, as the national tables do."""
    total, base = _of_all(answer, counting), _of_all(row, counting)
    return min(ROOM, min(total, base) - max(0, total + base - counting.cube.total))
