"""The counts of one item, in all its tables and breakdowns, with every sum between them.

Whoever reads the tables is taken to know all that is published, and even how many returns each smallest part of the
boards made, so that nothing but its own cells binds an item. That is more than anybody knows: what it leaves uncertain
stays uncertain.
"""

from collections.abc import Iterator, Sequence

from analysis.core.count_systems import ROOM
from analysis.core.disclosure import SMALLEST_BASE, primary_cells
from analysis.core.release.counting import Boards, Counting
from analysis.core.release.linked import OF_ONE_MIND, SMALL_BASE, SMALL_COUNT, Linked, Sheet
from analysis.core.release.questions import Answer, Question, elements, is_in


def link_answers(
    questions: Sequence[Question],
    *,
    counting: Counting,
    groups: Sequence[Boards],
    smallest: int = SMALLEST_BASE,
) -> Linked:
    """Return the counts of one item among these groups, which may be those of several breakdowns and releases."""
    parts = counting.parts(groups)
    wholes = elements(questions)
    finest = list(dict.fromkeys(answer for whole in wholes for answer in whole))
    shown = list(dict.fromkeys(part.answer for question in questions for part in question.parts))
    sheet = Sheet()
    for boards in parts:
        _write_part(sheet, boards, wholes, counting)
    for boards in (*groups, counting.everyone):
        within = [part for part in parts if part.places <= boards.places]
        for answer in finest:
            below = (answer.at(part.name) for part in within)
            sheet.add(answer.at(boards.name), counting.count(answer, boards), parts=below)
        for answer in shown:
            made_of = (each.at(boards.name) for each in finest if is_in(each, answer))
            sheet.add(answer.at(boards.name), counting.count(answer, boards), parts=made_of)
    for base in dict.fromkeys(each.answered for each in questions):
        if base is not None and base not in (*finest, *shown):
            parts_of_it = (each.at(counting.everyone.name) for each in finest if is_in(each, base))
            sheet.add(base.at(counting.everyone.name), counting.count(base, counting.everyone), parts=parts_of_it)
    names = frozenset(answer.at(group.name) for answer in shown for group in groups)
    places = frozenset(answer.at(each.name) for answer in finest for each in (*parts, *groups))
    primary = {
        name: rule
        for group in groups
        for name, rule in _primary(group, questions, finest, shown, counting=counting, smallest=smallest)
    }
    room = {
        answer.at(group.name): _room(answer, group, questions, counting)
        for group in groups
        for answer in (*finest, *shown)
    }
    return Linked(sheet.system, names, places - names, primary, {name: room[name] for name in primary})


def _write_part(sheet: Sheet, boards: Boards, wholes: Sequence[Sequence[Answer]], counting: Counting) -> None:
    for place, whole in enumerate(wholes):
        counts = {answer.at(boards.name): counting.count(answer, boards) for answer in whole}
        for name, count in counts.items():
            sheet.add(name, count)
        sheet.add(f"{place} of {whole[0].item} @ {boards.name}", sum(counts.values()), parts=counts)


def base_of(question: Question, *, counting: Counting, boards: Boards) -> int:
    """Return how many of these boards made a return and were asked."""
    unasked = 0 if question.unasked is None else counting.count(question.unasked, boards)
    return counting.returns(boards) - unasked


def _primary(
    group: Boards,
    questions: Sequence[Question],
    finest: Sequence[Answer],
    shown: Sequence[Answer],
    *,
    counting: Counting,
    smallest: int,
) -> Iterator[tuple[str, str]]:
    """What tells of a board by itself; answers that are not shown, but follow from those that are, count as well."""
    base = base_of(questions[0], counting=counting, boards=group)
    counts = {answer.at(group.name): counting.count(answer, group) for answer in (*finest, *shown)}
    if not base:
        return
    small = primary_cells(counts)
    overlaps = questions[0].unasked is not None
    whole = {answer.at(group.name) for answer in shown if counting.count(answer, group) == base}
    for name in counts:
        if base < smallest:
            yield name, SMALL_BASE
        elif whole and (not overlaps or name in whole):
            yield name, OF_ONE_MIND
        elif name in small:
            yield name, SMALL_COUNT


def _room(answer: Answer, group: Boards, questions: Sequence[Question], counting: Counting) -> int:
    """How uncertain the count would be if no breakdown were shown at all: the national table is published whole."""
    base = base_of(questions[0], counting=counting, boards=group)
    everyone = base_of(questions[0], counting=counting, boards=counting.everyone)
    total = counting.count(answer, counting.everyone)
    return min(ROOM, min(total, base) - max(0, total + base - everyone))
