"""A copy of a single table beside those that were taken before: what it must hide besides, or why it may not leave."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis.core.count_systems import CountSystem, Sum
from analysis.core.disclosure import SMALLEST_BASE, SMALLEST_NATIONAL_BASE, difference_is_safe
from analysis.core.release.answers import link_answers
from analysis.core.release.copies import Copy, GroupValues
from analysis.core.release.counting import Counting
from analysis.core.release.crossed import Crossing, both, link_crossing
from analysis.core.release.groups import EVERYONE
from analysis.core.release.linked import SECONDARY, Linked
from analysis.core.release.questions import Answer, Part, Question, elements, is_in, multiple_question
from analysis.core.release.rings import GROUPS, Knots, Tie
from analysis.core.release.settling import chosen, weak_in, without
from survey.schema.document import Item

REMEDY = "Take that copy again, choose another breakdown, or wait until ten more boards have answered."


def faults(copies: Sequence[Copy], *, before: Sequence[Copy]) -> Iterator[str]:
    """Yield a sentence for whatever forbids that these, of one table, leave beside those before, whatever they hide."""
    for copy in copies:
        yield from _faults(copy, before)
    yield from _rings(copies, before)


def _faults(copy: Copy, before: Sequence[Copy]) -> Iterator[str]:
    for each in before:
        yield from changed(copy, each)
    alike = [each for each in before if each.item == copy.item and each.by == copy.by and _is_same(copy, each)]
    for each in alike:
        if copy.is_multiple and each.base != copy.base:
            yield f"{copy.item} was taken on another base before, with {each.name}; together they would tell of boards."
    few = [each for each in before if each.item == copy.item and _is_same(copy, each) and _differs(copy, each)]
    if few and copy.bases[EVERYONE] < SMALLEST_NATIONAL_BASE:
        least = SMALLEST_NATIONAL_BASE
        yield f"There are fewer than {least} returns, so one table of an item may leave: {few[0].name}."


def hidden_beside(copy: Copy, *, before: Sequence[Copy], counting: Counting, item: Item) -> frozenset[str]:
    """Return all counts that this copy must hide, those it hides by itself among them, beside what was told before.

    Those copies of `before` that tell of the same counts, from the same answers, are held against it.
    """
    linked_before = [each for each in before if is_one_system(copy, each)]
    if not copy.by or not linked_before or copy.bases[EVERYONE] < SMALLEST_NATIONAL_BASE:
        return copy.hidden
    every = [copy, *linked_before]
    question = multiple_question(item) if copy.is_multiple else None
    linked = _by_groups(every, counting, question) if copy.is_by_groups else _by_item(every, counting, question)
    counts, known = linked.system.counts, frozenset(name for each in linked_before for name in each.told)
    unknown = (linked.shown | linked.unpublished | frozenset(name for each in every for name in each.every)) - known
    unknown &= counts.keys()
    nothing = replace(without(linked, known=known), shown=frozenset(), unpublished=unknown)
    lost = weak_in(nothing, hidden=())  # what was told before has given them away
    shown = copy.every & unknown
    primary = {name: rule for name, rule in nothing.primary.items() if name not in lost}
    left = replace(nothing, shown=shown, unpublished=unknown - shown, primary=primary)
    first = dict.fromkeys(sorted(copy.hidden & shown), SECONDARY)
    if weak_in(left, hidden=first):
        first |= chosen(left, hidden_before=first)
    return copy.hidden | first.keys()


def changed(copy: Copy, each: Copy) -> Iterator[str]:
    """Yield a sentence for whatever a copy from other answers than these could tell beside them. Rule M52."""
    same = copy.digests.keys() & each.digests.keys()
    if all(copy.digests[key] == each.digests[key] for key in same):
        return
    for name in sorted(copy.bases.keys() & each.bases.keys()):
        ours, theirs = copy.bases[name], each.bases[name]
        if min(ours, theirs) >= SMALLEST_BASE and not difference_is_safe(ours, published=theirs):
            few = abs(ours - theirs)
            who = "England" if name == EVERYONE else name
            yield (
                f"{who} has {ours:,} returns here, and had {theirs:,} in {each.name}: what {few} "
                f"{'board' if few == 1 else 'boards'} answered could be worked out. {REMEDY}"
            )
    if copy.bases[EVERYONE] == each.bases[EVERYONE]:
        yield f"Answers were changed since {each.name}: what changed could be worked out. {REMEDY}"


def _rings(copies: Sequence[Copy], before: Sequence[Copy]) -> Iterator[str]:
    """Two items that are told by groups of boards, or by a third item, and by each other tell of one another."""
    total = copies[0].bases[EVERYONE]
    knots, same = Knots(), [each for each in before if each.by and each.bases[EVERYONE] == total]
    for tie in map(tie_of, same):
        knots.tie(tie.first, tie.second)
    for tie in knots.closing([tie_of(each) for each in copies if each.by]):
        yield (
            f"{tie.first} and {tie.second} are already told by one third thing in what left before, the last of it "
            f"{same[-1].name}: these tables would tell of each other. Look at this table here, where nothing leaves."
        )


def tie_of(copy: Copy) -> Tie:
    """Return the two things that a copy tells together."""
    return Tie(copy.item, GROUPS if copy.is_by_groups else copy.by, is_multiple=copy.is_multiple)


def _is_same(copy: Copy, each: Copy) -> bool:
    same = copy.digests.keys() & each.digests.keys()
    return bool(same) and all(copy.digests[key] == each.digests[key] for key in same)


def _differs(copy: Copy, each: Copy) -> bool:
    return (copy.answers, copy.by, copy.base) != (each.answers, each.by, each.base)


def is_one_system(copy: Copy, each: Copy) -> bool:
    """Return whether two copies from the same answers tell of the same counts."""
    if copy.is_by_groups:
        linked = each.is_by_groups and each.item == copy.item
    else:
        linked = bool(each.by) and {each.item, each.by} == {copy.item, copy.by}
    return linked and _is_same(copy, each)


def _by_groups(copies: Sequence[Copy], counting: Counting, question: Question | None) -> Linked:
    """The counts of one item among all groups of these copies, with the bases they stood on."""
    told = _told(question, [answer for each in copies for answer in each.answers])
    boards = {group.name: counting.boards(group) for each in copies for group in each.frame_groups}
    groups = [each for each in boards.values() if counting.returns(each)]
    linked = link_answers([told], counting=counting, groups=groups)
    finest = [answer for whole in elements([told]) for answer in whole]
    bases = {each.inside for each in copies if each.inside}
    sums = [
        Sum(base.at(group.name), tuple(answer.at(group.name) for answer in finest if is_in(answer, base)))
        for base in bases
        for group in groups
    ]
    return _with(linked, sums)


def _by_item(copies: Sequence[Copy], counting: Counting, question: Question | None) -> Linked:
    """The counts of two items together; a copy of the pair the other way round tells of the same."""
    item, by = copies[0].item, copies[0].by
    columns = _told(question, [answer for each in copies for answer in _answers_to(item, each)])
    rows = _told(None, [answer for each in copies for answer in _answers_to(by, each)])
    linked = link_crossing(Crossing((columns,), (rows,), ()), counting=counting)
    finest = {item: [a for whole in elements((columns,)) for a in whole], by: list(elements((rows,))[0])}
    sums = [_base_sum(each, group, finest) for each in copies if each.inside for group in each.groups]
    return _with(linked, sums)


def _base_sum(copy: Copy, group: GroupValues, finest: dict[str, list[Answer]]) -> Sum:
    base, row = copy.inside, Answer(copy.by, tuple(map(int, group)))
    columns = [answer for answer in finest[copy.item] if base and is_in(answer, base)]
    lines = [answer for answer in finest[copy.by] if is_in(answer, row)]
    name = copy.named(base or row, group)
    return Sum(name, tuple(both(answer, line) for answer in columns for line in lines))


def _answers_to(item: str, copy: Copy) -> Iterator[Answer]:
    if copy.item == item:
        yield from copy.answers
    else:
        yield from (Answer(item, tuple(map(int, group))) for group in copy.groups)


def _told(question: Question | None, answers: Sequence[Answer]) -> Question:
    """The item with every answer that any copy told; a multiple choice has the same in all."""
    if question:
        return question
    parts = tuple(Part(str(place), "", answer) for place, answer in enumerate(dict.fromkeys(answers)))
    return Question("", "", "", answers[0].item, parts, ())


def _with(linked: Linked, sums: Sequence[Sum]) -> Linked:
    """The system with these sums of its counts, each a count of its own."""
    counts = dict(linked.system.counts)
    new = [each for each in dict.fromkeys(sums) if each.parts and each.parts != (each.total,)]
    counts |= {each.total: sum(counts[part] for part in each.parts) for each in new}
    return replace(linked, system=CountSystem(counts, (*linked.system.sums, *new)))
