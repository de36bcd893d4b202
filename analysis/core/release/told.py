"""What a release tells of its items, as copies of single tables: releases and copies are held against each other alike.

A breakdown is a copy by groups, a cross-table of two items one by the other item, a national table one by nothing.
"""

from collections.abc import Iterator
from dataclasses import replace

from analysis.core.cross_counts import FRAME
from analysis.core.cube import Cube
from analysis.core.plan import Plan
from analysis.core.plan_document import CrossSpec
from analysis.core.release.copies import Copy, digests_of
from analysis.core.release.decisions import is_by_item
from analysis.core.release.earlier import Earlier
from analysis.core.release.groups import EVERYONE
from analysis.core.release.questions import Question, question_of, questions_of
from analysis.core.release.shown import showed


def told_in(release: Earlier, *, plan: Plan, cube: Cube) -> tuple[Copy, ...]:
    """Return what a release told; `cube` was counted from its data, with the pairs of the plan joined."""
    name = f"release {release.number}"
    return tuple(replace(copy, name=name, hidden=copy.every & release.hidden) for copy in _every(release, plan, cube))


def told_of_all(release: Earlier, *, plan: Plan, cube: Cube) -> tuple[Copy, ...]:
    """Return what a release told of all returns together, as `told_in` does of groups."""
    shown = (spec for spec in plan.every_spec if release.shows(spec.id))
    questions = {each.item: each for spec in shown for each in questions_of(spec, plan=plan)}
    return tuple(_made(each, "", release, plan, cube) for each in questions.values())


def _every(release: Earlier, plan: Plan, cube: Cube) -> Iterator[Copy]:
    for spec in plan.every_spec:
        if not release.shows(spec.id):
            continue
        for question in questions_of(spec, plan=plan):
            if isinstance(spec, CrossSpec) and is_by_item(spec):
                yield _pair(question, question_of(spec.by, plan=plan), release, plan, cube)
                continue
            for stratum in FRAME:
                groups = [each for each in release.groups if each.stratum == stratum and showed(release, spec, each)]
                if groups:
                    made = _made(question, stratum, release, plan, cube)
                    bases = {each.name: release.bases[each.name] for each in groups}
                    levels = tuple(each.levels for each in groups)
                    yield replace(made, groups=levels, bases={**made.bases, **bases})


def _pair(question: Question, by: Question, release: Earlier, plan: Plan, cube: Cube) -> Copy:
    return replace(_made(question, by.item, release, plan, cube), groups=tuple(part.answer.codes for part in by.parts))


def _made(question: Question, by: str, release: Earlier, plan: Plan, cube: Cube) -> Copy:
    return Copy(
        item=question.item,
        by=by,
        base="asked" if question.unasked else "returned",
        answers=tuple(part.answer for part in question.parts),
        inside=None,
        groups=(),
        hidden=frozenset(),
        bases={EVERYONE: release.bases[EVERYONE]},
        digests=digests_of(plan.questionnaire.items[question.item], by, cube),
    )
