"""Releases and copies of single tables are held against each other, whichever left first."""

from dataclasses import replace
from functools import cache

import pytest

from analysis.core.cross import Cross
from analysis.core.cross_protection import protected
from analysis.core.cube import Cube, count, join
from analysis.core.plan_document import CrossSpec, StratumRow
from analysis.core.release.answers import link_answers
from analysis.core.release.beside import faults, hidden_beside
from analysis.core.release.copies import Copy, copies_of, read, written
from analysis.core.release.counting import Counting
from analysis.core.release.deciding import audit, decide
from analysis.core.release.decisions import Choices, Decisions, breakdown_id
from analysis.core.release.known import without_rows
from analysis.core.release.linked import Linked, Sheet
from analysis.core.release.participation import Frame
from analysis.core.release.questions import questions_of
from analysis.core.release.record import as_earlier
from analysis.core.release.record import written as kept
from analysis.core.release.returns_told import besides, few_rows, groups_told, rows_besides
from analysis.core.release.settling import weak_in
from analysis.core.release.told import told_in
from analysis.core.tabulate import tabulate
from tests.analysis.core.examples import POPULATION, frame_of, small_plan, small_questionnaire
from tests.analysis.core.release.test_deciding import WITH_BREAKDOWNS

pytestmark = pytest.mark.pure

# The West may not stand alone in a release, so it is told with the South; a copy tells of each level.
NUMBERS = {"North": (7, 5, 3), "South": (14, 9, 5), "West": (4, 3, 1)}
FRAME = Frame({("County", "North"): 40, ("County", "South"): 40, ("County", "West"): 40})
LEVELS = tuple(StratumRow(id=name.lower(), label=name, value=name) for name in NUMBERS)
BY_REGION = CrossSpec(id="x", number=1, title="X", stub="Region", kind="cross", item="A1", by="region", rows=LEVELS)
TWO = BY_REGION.model_copy(update={"by": "C1.1", "rows": ()})
NATIONAL = BY_REGION.model_copy(update={"by": "", "rows": ()})
PLAN = small_plan(WITH_BREAKDOWNS)
BY_GROUPS = frozenset(
    spec.id if isinstance(spec, CrossSpec) else breakdown_id(spec, "region") for spec in PLAN.every_spec
)


@cache
def cube(more: int = 0) -> Cube:
    rows = [
        {"authority_type": "County", "region": region, "A1": answer, "C1.1": ("agree", "disagree")[place % 2]}
        for region, numbers in NUMBERS.items()
        for answer, number in zip(("agree", "neither", "disagree"), numbers, strict=True)
        for place in range(number + (more if region == "North" else 0))
    ]
    frame = frame_of(rows, questionnaire=small_questionnaire())
    return join(count(frame, questionnaire=small_questionnaire()), frame, pairs=[("A1", "C1.1")])


def copy_of(spec: CrossSpec, *, more: int = 0) -> Copy:
    cross, counted = Cross(spec, small_questionnaire()), cube(more)
    table = tabulate(counted, population=POPULATION, spec=spec, plan=PLAN)
    (found,) = copies_of(cross, protected(table), counted)
    return read(written(found), name="the copy of yesterday")


def decided(*copies: Copy) -> Decisions:
    return decide(cube(), plan=PLAN, frame=FRAME, extract="d", choices=Choices(), copies=copies)


def can_be_worked_out(decisions: Decisions, copy: Copy) -> frozenset[str]:
    """What one who has both can deduce of counts that need protection."""
    counting = Counting(cube())
    questions = [each for spec in PLAN.every_spec for each in questions_of(spec, plan=PLAN) if each.item == "A1"]
    groups = [counting.boards(group) for group in (*decisions.groups, *copy.frame_groups)]
    linked = link_answers(questions, counting=counting, groups=groups)
    own = {part.answer.at(group.name) for each in questions for part in each.parts for group in decisions.groups}
    known = (own - decisions.hidden.keys()) | copy.told
    unknown = (linked.shown | linked.unpublished) - known
    primary = {name: rule for name, rule in linked.primary.items() if name in unknown}
    return weak_in(replace(linked, shown=frozenset(), unpublished=unknown, primary=primary), hidden=())


def test_a_release_hides_what_a_copy_would_give_away_beside_it() -> None:
    copy, alone = copy_of(BY_REGION), decided()
    beside = decided(copy)

    assert alone.is_safe
    assert can_be_worked_out(alone, copy)  # or this test would show nothing
    assert not can_be_worked_out(beside, copy)
    assert beside.hidden.keys() > alone.hidden.keys()
    assert beside.is_safe
    assert not beside.cautions


def test_the_audit_knows_of_copies_that_left_after_it_was_decided() -> None:
    copy = copy_of(BY_REGION)

    def found(decisions: Decisions) -> tuple[str, ...]:
        return audit(cube(), plan=PLAN, frame=FRAME, extract="d", decisions=decisions, copies=(copy,))

    assert any("is not protected" in each for each in found(decided()))
    assert found(decided(copy)) == ()


def test_a_copy_hides_what_a_release_would_give_away_beside_it() -> None:
    first = copy_of(BY_REGION)
    told = told_in(as_earlier(kept(decided()), number=1, extract="d"), plan=PLAN, cube=cube())

    hidden = hidden_beside(first, before=told, counting=Counting(cube()), item=PLAN.questionnaire.items["A1"])

    assert not can_be_worked_out(decided(), replace(first, hidden=hidden))
    assert hidden > first.hidden


def test_a_copy_of_two_items_that_a_release_tells_by_groups_is_refused() -> None:
    told = told_in(as_earlier(kept(decided()), number=1, extract="d"), plan=PLAN, cube=cube())

    assert {(copy.item, copy.by) for copy in told} >= {("A1", "region"), ("C1.1", "region")}
    assert "A1 and C1.1 are already told by one third thing in what left before, the last of it release 1" in " ".join(
        faults([copy_of(TWO)], before=told)
    )


def test_copies_that_hiding_cannot_help_are_named_to_those_who_release() -> None:
    (ring,) = decided(copy_of(TWO)).cautions
    assert ring.startswith("A1 and C1.1 are both told by one third thing here, and together in the copy of yesterday")
    (caution, *_) = decided(copy_of(BY_REGION, more=1)).cautions
    assert caution.startswith("England has 51 returns here, and had 54 in the copy of yesterday: what 3 boards")
    assert decided(copy_of(BY_REGION, more=10)).cautions == ()


def test_the_audit_refuses_a_copy_from_other_answers_that_nobody_was_warned_of() -> None:
    copy = copy_of(BY_REGION, more=1)

    def found(decisions: Decisions) -> tuple[str, ...]:
        return audit(cube(), plan=PLAN, frame=FRAME, extract="d", decisions=decisions, copies=(copy,))

    assert any("England has 51 returns here, and had 54 in the copy of yesterday" in each for each in found(decided()))
    assert found(decided(copy)) == ()


# One board of the West did not answer, so how many did tells which.
FEW_SILENT = Frame({("County", "North"): 40, ("County", "South"): 40, ("County", "West"): 9})


def test_a_copy_tells_no_base_that_tells_who_answered() -> None:
    cross, counting = Cross(BY_REGION, small_questionnaire()), Counting(cube())
    table = tabulate(cube(), population=POPULATION, spec=BY_REGION, plan=PLAN)
    few = few_rows(cross, table, counting=counting)
    safe = without_rows(protected(table), few)

    assert few == {"west"}
    assert {cell.base for (row, _), cell in safe.cells.items() if row == "west"} == {None}
    (copy,) = copies_of(cross, safe, cube())
    assert "returns @ region: West" in copy.hidden
    assert [group.levels for group in groups_told([copy], counting=counting)] == [("North",), ("South",), ("",)]
    assert rows_besides(cross, counting=counting, frame=FRAME, told=(), hidden=few) == frozenset()
    # The base of the West follows from the others, and here it tells which board was silent.
    assert rows_besides(cross, counting=counting, frame=FEW_SILENT, told=(), hidden=few) == {"north"}


def test_whoever_releases_is_told_of_a_copy_that_told_who_answered() -> None:
    copy = copy_of(BY_REGION)  # with the base of the West in it

    def found(*copies: Copy) -> Decisions:
        return decide(cube(), plan=PLAN, frame=FEW_SILENT, extract="d", choices=Choices(), copies=copies)

    assert "returns @ region: West" in found().hidden
    assert any(
        each.startswith("How many boards answered in region: West is known from the copy of yesterday")
        for each in found(copy).cautions
    )
    kept_secret = replace(copy, hidden=copy.hidden | {f"returns @ region: {level}" for level in NUMBERS})
    assert not found(kept_secret).cautions


def test_a_release_hides_more_returns_where_a_copy_told_those_it_would_hide() -> None:
    north, south, west, east = (f"returns @ region: {level}" for level in ("North", "South", "West", "East"))
    sheet = Sheet()
    for name, made in {north: 15, south: 28, west: 1, east: 12}.items():
        sheet.add(name, made)
    sheet.add("returns @ England", 56, parts=(north, south, west, east))
    linked = Linked(sheet.system, frozenset({north, south, west, east}), frozenset(), {west: "M48"}, {west: 3})

    assert besides(linked, told=(), hidden={west, east}).hidden == frozenset()
    assert besides(linked, told={east}, hidden={west, east}).hidden == {north}
    assert besides(linked, told={east, north, south}, hidden={west, east}).lost == {west}


@pytest.mark.parametrize("left_out", [frozenset[str](), BY_GROUPS])
def test_a_copy_of_all_returns_is_a_caution_where_its_answers_are_others(left_out: frozenset[str]) -> None:
    def cautions(copy: Copy) -> tuple[str, ...]:
        choices = Choices(left_out=left_out)
        return decide(cube(), plan=PLAN, frame=FRAME, extract="d", choices=choices, copies=(copy,)).cautions

    (caution,) = cautions(copy_of(NATIONAL, more=1))
    assert caution.startswith("England has 51 returns here, and had 54 in the copy of yesterday: what 3 boards")
    assert cautions(copy_of(NATIONAL)) == ()
