"""What may leave is decided over all tables, breakdowns and releases of a plan together."""

import json
from collections import Counter
from dataclasses import replace
from functools import cache
from random import Random

import pytest

from analysis.core.cube import Cube
from analysis.core.plan import Plan
from analysis.core.plan_document import StratumRow
from analysis.core.release.answers import link_answers
from analysis.core.release.counting import Counting
from analysis.core.release.deciding import audit, decide
from analysis.core.release.decisions import Choices, Decisions
from analysis.core.release.earlier import Earlier, differences
from analysis.core.release.groups import EVERYONE, Group, Levels, groups_of
from analysis.core.release.lines import group_id
from analysis.core.release.participation import Frame
from analysis.core.release.questions import questions_of, together
from analysis.core.release.record import as_earlier, read, written
from analysis.core.release.settling import audited
from analysis.core.release.tables import placed_tables
from analysis.core.tabulate import count, tabulate_plan
from survey.schema.source import DocumentError
from tests.analysis.core.examples import PLAN, POPULATION, cube_of, small_plan, small_questionnaire
from tests.golden import published

pytestmark = pytest.mark.pure

BREAKDOWNS = """\
breakdowns:
  - stratum: region
    label: region
    groups:
      - {label: Northern, levels: [North]}
      - {label: Southern, levels: [South]}
      - {label: Western, levels: [West]}
tables:
"""
WITH_BREAKDOWNS = PLAN.replace("tables:\n", BREAKDOWNS, 1).replace(
    "      - {id: south, label: The South, value: South}",
    "      - {id: south, label: The South, value: South}\n      - {id: west, label: The West, value: West}",
)
# The breakdowns of tables 3 and 4 take most of the time; bench/disclosure.py has all.
ALL_BUT_RATINGS = Choices(
    left_out=frozenset(f"table_{n}-by-{by}" for n in (3, 4) for by in ("region", "authority-type"))
)
FRAME = Frame({("County", "North"): 30, ("County", "South"): 30, ("County", "West"): 30})


@cache
def plan(text: str = WITH_BREAKDOWNS) -> Plan:
    return small_plan(text)


def returns(*, north: int = 15, south: int = 14, west: int = 13, seed: int = 1) -> Cube:
    random = Random(seed)
    quality = ["very_good", "good", "good", "fair", "fair", "poor", "dont_know"]
    agree = ["agree", "agree", "agree", "neither", "disagree", ""]
    rows = [
        {"authority_type": "County", "region": region}
        | {f"{code}.{agency}": random.choice(quality) for code in ("B1", "B2") for agency in ("health", "police")}
        | {code: random.choice(agree) for code in ("A1", "C1.1", "C1.2")}
        for region, number in (("North", north), ("South", south), ("West", west))
        for _ in range(number)
    ]
    return cube_of(rows, questionnaire=small_questionnaire())


def decided(cube: Cube, *, left_out: str = "", earlier: tuple[Earlier, ...] = (), data: str = "d") -> Decisions:
    choices = Choices(left_out=frozenset(left_out.split()))
    return decide(cube, plan=plan(), frame=FRAME, extract=data, choices=choices, earlier=earlier)


def released(decisions: Decisions, *, data: str = "d") -> Earlier:
    return as_earlier(json.loads(json.dumps(written(decisions))), number=1, extract=data)


@cache
def of_the_paper() -> tuple[Cube, Frame, Decisions]:
    frame = Frame(Counter((row["authority_type"], row["region"]) for row in published.lines("boards.csv")))
    cube = count(published.frame(), questionnaire=published.questionnaire())
    return cube, frame, decide(cube, plan=published.plan(), frame=frame, extract="d", choices=ALL_BUT_RATINGS)


def test_the_paper_may_leave_with_the_groups_that_the_methods_name() -> None:
    _, _, decisions = of_the_paper()
    assert decisions.is_safe
    named = {name: base for name, base in decisions.bases.items() if "not specified" not in name}
    assert named == {
        EVERYONE: 57,
        "authority_type: Unitary": 19,
        "authority_type: County + London borough": 17,
        "region: North East + North West + Yorkshire and the Humber": 26,
        "region: Inner London + Outer London + South East + South West": 16,
    }
    assert decisions.bases["authority_type: Metropolitan + not specified"] == 15 + 6
    assert decisions.bases["region: East Midlands + East of England + West Midlands + not specified"] == 11 + 4


def test_national_tables_of_answers_leave_whole_and_who_answered_is_not_told() -> None:
    cube, frame, decisions = of_the_paper()
    placed = placed_tables(
        published.tables(), plan=published.plan(), counting=Counting(cube), frame=frame, decisions=decisions
    )
    hidden = {each.table.id: set(each.hidden(decisions)) for each in placed}
    answered = {"table_3-answered", "table_4-answered"}
    whole = {"table_1", *(f"table_{n}" for n in range(3, 11)), *answered}
    assert {id_ for id_, places in hidden.items() if not places} == whole
    assert {row for row, _ in hidden["table_2"]} > {"east_midlands", "south_west"}  # none of eight, one of fourteen
    table = next(each.protected(decisions) for each in placed if each.table.id == "table_2")
    assert {cell.marker for (row, column), cell in table.cells.items() if row == "south_west"} == {"[c]", ""}
    assert table.cell("south_west", "eligible_boards").count == 14
    assert len(placed) == 10 + 2 * 6 + 2
    by_type = next(each.protected(decisions) for each in placed if each.table.id == "table_5-by-authority-type")
    assert {row.id for row in by_type.rows} == {
        f"C1.{each}" for each in ("metropolitan__not_specified", "unitary", "county__london_boroughs", "total")
    }
    told = {
        row: cell for (row, column), cell in by_type.cells.items() if column != "total" and cell.percent is not None
    }
    assert told["C1.unitary"].marker == "[u]"  # on 19 returns
    assert told["C1.total"].marker == ""
    assert any(note.startswith("[u] = ") for note in by_type.notes)


def test_the_row_of_a_group_bears_the_ids_of_its_levels_whatever_stands_before_it() -> None:
    levels = (StratumRow(id="ne", label="North East", value="North East"),)
    assert group_id(Group("region", "North", ("North West", "North East")), levels=levels) == "ne__north_west"
    assert group_id(Group("region", "North East", ("North East",)), levels=levels) == "ne"
    assert group_id(Group("region", "Rest", ("South", "")), levels=()) == "not_specified__south"


def test_every_protected_count_of_the_paper_keeps_its_room() -> None:
    cube, _, decisions = of_the_paper()
    counting, plan_ = Counting(cube), published.plan()
    everywhere = [counting.boards(group) for group in decisions.groups]
    questions = [each for spec in plan_.specs[4:] for each in questions_of(spec, plan=plan_)]
    primary = 0
    for item in together(questions):
        linked = link_answers(item, counting=counting, groups=everywhere)
        primary += len(linked.primary)
        for name, room in linked.room.items():
            assert decisions.hidden[name] in {"M47", "M48", "M50"}
            assert decisions.ranges[name].has(room)
            assert decisions.ranges[name].low <= linked.system.counts[name] <= decisions.ranges[name].high
    assert primary > 200


def test_the_audit_notices_when_one_hidden_count_is_shown() -> None:
    cube, _, decisions = of_the_paper()
    counting, plan_ = Counting(cube), published.plan()
    item = together(questions_of(plan_.specs[6], plan=plan_))[0]
    linked = link_answers(item, counting=counting, groups=[counting.boards(group) for group in decisions.groups])
    hidden = {name: rule for name, rule in decisions.hidden.items() if name in linked.shown}
    assert audited(linked, hidden=hidden).weak == ()
    for name in hidden:
        assert audited(linked, hidden={other: rule for other, rule in hidden.items() if other != name}).weak


def test_decisions_that_were_tampered_with_do_not_pass() -> None:
    cube, first = returns(), decided(returns())

    def found(decisions: Decisions) -> tuple[str, ...]:
        return audit(cube, plan=plan(), frame=FRAME, extract="d", decisions=decisions)

    assert found(first) == ()
    for name, rule in list(first.hidden.items())[::9]:
        shown = {other: why for other, why in first.hidden.items() if other != name}
        assert found(replace(first, hidden=shown)), (name, rule)
    assert found(replace(first, smallest=20)) == ("The groups are not those that the data give.",)


def test_what_was_hidden_stays_hidden_in_the_next_release_and_what_was_shown_is_known() -> None:
    first = decided(returns())
    second = decided(returns(), earlier=(released(first),))
    assert first.is_safe
    assert second.is_safe
    assert set(second.hidden) == set(first.hidden)
    assert "M55" in second.hidden.values()


def test_a_count_that_a_release_has_shown_is_not_counted_on_for_hiding() -> None:
    first = decided(returns())
    secondary = {name for name, rule in first.hidden.items() if rule == "M49"}
    careless = replace(released(first), hidden=frozenset(first.hidden) - secondary)
    assert decided(returns(), earlier=(careless,)).weak


def test_releases_must_not_differ_by_a_few_boards() -> None:
    earlier = released(decided(returns(), data="interim"), data="interim")
    later = decided(returns(west=15), earlier=(earlier,))
    assert not later.is_safe
    assert later.refusals[0].startswith("England has 44 returns here, England had 42 in release 1: what 2 boards")
    assert any(each.startswith("West has 15 returns here") for each in later.refusals)
    assert decided(returns(north=25), earlier=(earlier,)).refusals == ()


def test_a_group_that_is_another_without_a_few_boards_is_refused() -> None:
    both, one = Group("region", "A and B", ("A", "B")), Group("region", "A", ("A",))
    before = Earlier(1, "d", (both,), {EVERYONE: 60, both.name: 25}, frozenset())
    assert len(list(differences([one], bases={EVERYONE: 60, one.name: 20}, earlier=[before]))) == 1
    assert not list(differences([one], bases={EVERYONE: 60, one.name: 15}, earlier=[before]))


def test_levels_are_merged_in_the_order_of_the_plan_until_all_may_stand() -> None:
    spec = plan().breakdowns[0]

    def labels(**counted: int) -> list[str]:
        levels = Levels(dict.fromkeys(("North", "South", "West"), 40), counted)
        return [group.label for group in groups_of(spec, levels=levels)]

    assert labels(North=12, South=11, West=10) == ["North", "South", "West"]
    assert labels(North=2, South=11, West=10) == ["Northern; South", "West"]
    assert labels(North=12, South=11, West=9) == ["North", "South; Western"]
    assert labels(North=12, South=11, West=10, **{"": 3}) == ["North", "South", "West; returns that name no region"]
    assert labels(North=12, South=0, West=0) == []
    assert labels(North=40, South=11, West=10) == ["Northern; South", "West"]  # all of the North answered
    with pytest.raises(ValueError, match="no group for East"):
        labels(East=1)


@pytest.mark.parametrize(
    ("cube", "sentence"),
    [
        (returns(north=0, south=0, west=0), "No return counts: national tables may be released from 30 returns on."),
        (returns(north=1, south=0, west=0), "1 return only: national tables may be released from 30 returns on."),
    ],
)
def test_too_few_returns_are_refused_in_a_sentence(cube: Cube, sentence: str) -> None:
    decisions = decided(cube)
    assert not decisions.is_safe
    assert decisions.refusals[0].startswith(sentence)
    assert decisions.tables == ()


def test_all_returns_in_one_stratum_have_no_breakdown() -> None:
    decisions = decided(returns(north=40, south=0, west=0))
    assert decisions.groups == ()
    assert decisions.left_out["t3-by-region"] == "fewer than two groups by region have 10 returns"
    assert decisions.tables == ("t1", "t2", "t3", "t4")


def test_what_a_person_leaves_out_is_not_shown_and_not_hidden() -> None:
    decisions = decided(returns(), left_out="t4 t3-by-region")
    placed = placed_tables(
        tabulate_plan(returns(), plan=plan(), population=POPULATION),
        plan=plan(),
        counting=Counting(returns()),
        frame=FRAME,
        decisions=decisions,
    )
    assert [each.table.id for each in placed] == ["t1", "t2", "t2-answered", "t2-by-region", "t3"]
    assert not any(name.startswith("C1") for name in decisions.hidden)


def test_everybody_of_one_mind_is_hidden_nowhere_since_the_national_table_says_it() -> None:
    rows = [
        {"authority_type": "County", "region": place, "A1": "agree"} for place in ("North", "South") for _ in range(20)
    ]
    decisions = decided(cube_of(rows, questionnaire=small_questionnaire()))
    assert decisions.is_safe


def test_decisions_can_be_kept_and_read() -> None:
    decisions = decided(returns())
    assert read(json.loads(json.dumps(written(decisions)))) == decisions


def test_a_level_in_two_groups_is_refused() -> None:
    with pytest.raises(DocumentError) as refused:
        small_plan(WITH_BREAKDOWNS.replace("levels: [South]", "levels: [South, North]"))
    assert [problem.id for problem in refused.value.problems] == ["P041"]
