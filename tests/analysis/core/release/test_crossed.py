"""Cross-tables and tables of coded answers are decided with the other tables of a release."""

from collections.abc import Collection
from dataclasses import replace
from functools import cache
from random import Random

import numpy as np
import pytest
from scipy.optimize import linprog

from analysis.core.agreement import Publication
from analysis.core.coded import Coded, CodedBases, CodedRow
from analysis.core.cube import Cube, join
from analysis.core.plan import Plan
from analysis.core.plan_document import CodedSpec
from analysis.core.quality import total_faults
from analysis.core.release.counting import Counting
from analysis.core.release.deciding import audit, decide
from analysis.core.release.decisions import Choices, Decisions
from analysis.core.release.earlier import Earlier
from analysis.core.release.participation import Frame
from analysis.core.release.record import as_earlier, written
from analysis.core.release.rings import Knots, Tie
from analysis.core.release.tables import Placed, placed_tables
from analysis.core.shape import Place
from analysis.core.table import Table
from analysis.core.tabulate import whole_tables
from analysis.outputs.charts_svg import charts_of
from tests.analysis.core.examples import POPULATION, cube_of, frame_of, small_plan, small_questionnaire
from tests.analysis.core.release.test_deciding import WITH_BREAKDOWNS
from tests.analysis.core.test_cross import CROSS

pytestmark = pytest.mark.pure

CROSSES = (
    CROSS
    + """\
  - {id: t6, number: 6, title: A1 by C1.1, kind: cross, chart: stacked, stub: It works, item: A1, by: C1.1}
  - {id: t7, number: 7, title: C1.1 by A1, kind: cross, chart: stacked, stub: Agree, item: C1.1, by: A1}
  - {id: t8, number: 8, title: A1 alone, kind: cross, chart: stacked, stub: Returns, item: A1}
"""
)
FRAME = Frame({("County", "North"): 30, ("County", "South"): 30, ("County", "West"): 30})
SPEC = CodedSpec(id="codes", number=9, title="Why", stub="Code", item="A2")
CODED = Coded(
    SPEC,
    (
        CodedRow("money", "Money", 20, Publication.COUNT),
        CodedRow("people", "People", 4, Publication.WORDS),
        CodedRow("time", "Time", 6, Publication.COUNT),
    ),
    CodedBases(answered=32, submitted=42, boards=90, unsettled=0),
)


@cache
def plan() -> Plan:
    return small_plan(WITH_BREAKDOWNS + CROSSES)


@cache
def returns() -> Cube:
    random = Random(7)
    quality = ["very_good", "good", "good", "fair", "fair", "poor", "dont_know"]
    agree = ["agree", "agree", "agree", "neither", "disagree", ""]
    rows = [
        {"authority_type": "County", "region": region}
        | {f"{code}.{agency}": random.choice(quality) for code in ("B1", "B2") for agency in ("health", "police")}
        | {code: random.choice(agree) for code in ("A1", "C1.1", "C1.2")}
        for region, number in (("North", 15), ("South", 14), ("West", 13))
        for _ in range(number)
    ]
    cube = cube_of(rows, questionnaire=small_questionnaire())
    return join(cube, frame_of(rows, questionnaire=small_questionnaire()), pairs=plan().pairs)


def decided(*, earlier: tuple[Earlier, ...] = (), coded: tuple[Coded, ...] = (CODED,), out: str = "") -> Decisions:
    choices = Choices(left_out=frozenset({"t2", "t3-by-region", "t4", *out.split()}))
    return decide(returns(), plan=plan(), frame=FRAME, extract="d", choices=choices, earlier=earlier, coded=coded)


@cache
def first() -> Decisions:
    return decided()


@cache
def placed() -> dict[str, Placed]:
    whole = (*whole_tables(returns(), plan=plan(), population=POPULATION), CODED.table(source="S"))
    with_codes = replace(plan(), coded=(SPEC,))
    found = placed_tables(whole, plan=with_codes, counting=Counting(returns()), frame=FRAME, decisions=first())
    return {each.table.id: each for each in found}


def told(table: str) -> tuple[Table, dict[Place, str]]:
    return placed()[table].protected(first()), placed()[table].hidden(first())


def test_cross_tables_and_codes_are_in_the_release_and_it_passes() -> None:
    assert first().is_safe
    assert set(first().tables) == {"t1", "t3", "t5", "t6", "t7", "t8", "codes"}
    assert set(placed()) == {"t1", "t3", "t5", "t6", "t7", "t8", "codes"}
    assert first().left_out.keys() == {"t2", "t3-by-region", "t4"}


def test_a_cross_table_by_region_is_one_more_breakdown_under_the_same_names() -> None:
    table, hidden = told("t5")
    names = placed()["t5"].names
    assert names["B2.health.north", "good"] == "B2.health = 1, 2 @ region: North"
    assert table.cell("B2.health.north", "total").count == 15
    # The plan asks for another base, and no other would be protected.
    assert table.base_note == "All returns (N = 42). Each row is on the returns of its group."
    assert {cell.base for (row, _), cell in table.cells.items() if row == "B2.health.north"} == {15}
    shown = [cell for _, column, cell in table.walk() if cell.percent is not None and column.id != "total"]
    assert {cell.marker for cell in shown if cell.base in range(10, 20)} == {"[u]"}
    assert any(note.startswith("[u] = ") for note in table.notes)
    assert total_faults([table]) == ()
    assert hidden
    with_ratings = decided(out="t6 t7 t8")
    both = decide(
        returns(), plan=plan(), frame=FRAME, extract="d", choices=Choices(left_out=frozenset({"t4", "t6", "t7", "t8"}))
    )
    shared = {name for name in names.values() if name in with_ratings.hidden and with_ratings.hidden[name] != "M49"}
    assert shared
    assert shared <= both.hidden.keys()  # what tells of a board is hidden in both tables of the item


def ranges(counts: np.ndarray, hidden: Collection[tuple[int, int]]) -> dict[tuple[int, int], tuple[float, float]]:
    """What linprog finds out of hidden cells between known margins."""
    places = sorted(hidden)
    rows, columns = counts.shape
    matrix = np.array(
        [[float(place[0] == row) for place in places] for row in range(rows)]
        + [[float(place[1] == column) for place in places] for column in range(columns)]
    )
    known = counts.copy()
    for place in places:
        known[place] = 0
    right = np.concatenate([counts.sum(axis=1) - known.sum(axis=1), counts.sum(axis=0) - known.sum(axis=0)])
    found = {}
    for at, place in enumerate(places):
        goal = np.zeros(len(places))
        goal[at] = 1
        low, high = (linprog(sign * goal, A_eq=matrix, b_eq=right) for sign in (1, -1))
        found[place] = (float(low.fun or 0), -float(high.fun or 0))
    return found


@pytest.mark.parametrize("table", ["t6", "t7"])
def test_two_items_together_keep_the_room_that_their_margins_leave(table: str) -> None:
    safe, hidden = told(table)
    whole = placed()[table].table
    rows = [row.id for row in whole.rows if not row.total]
    columns = [column.id for column in whole.columns if column.id != "total"]
    counts = np.array([[whole.cell(row, column).count or 0 for column in columns] for row in rows])
    at = {(rows.index(row), columns.index(column)): rule for (row, column), rule in hidden.items()}
    free = ranges(counts, [(row, column) for row in range(len(rows)) for column in range(len(columns))])
    small = [place for place in free if 1 <= counts[place] <= 2]
    assert small
    assert at.keys() >= set(small)
    found = ranges(counts, at)
    for place, rule in at.items():
        if rule != "M49":
            room = min(3, free[place][1] - free[place][0])
            assert found[place][1] - found[place][0] >= room - 1e-6
    assert [safe.cell(row, "total").count for row in rows] == counts.sum(axis=1).tolist()


def test_the_same_pair_the_other_way_round_hides_the_same_counts() -> None:
    one, other = placed()["t6"].names, placed()["t7"].names
    assert set(one.values()) == set(other.values())
    assert one["agree", "disagree"] == other["disagree", "agree"]


def test_a_pair_that_is_shown_though_it_was_hidden_does_not_pass() -> None:
    for name in [name for name in first().hidden if " & " in name]:
        shown = {other: rule for other, rule in first().hidden.items() if other != name}
        faults = audit(
            returns(),
            plan=plan(),
            frame=FRAME,
            extract="d",
            decisions=replace(first(), hidden=shown),
            coded=(CODED,),
        )
        assert faults, name


def by_region_too(out: str, *, earlier: tuple[Earlier, ...] = ()) -> Decisions:
    choices = Choices(left_out=frozenset({"t2", "t5", *out.split()}))
    return decide(returns(), plan=plan(), frame=FRAME, extract="d", choices=choices, earlier=earlier)


def test_two_items_that_are_both_told_by_region_are_not_told_together() -> None:
    ring = by_region_too("")
    assert ring.is_safe
    assert ring.tables == ("t1", "t3", "t4", "t8")
    assert ring.left_out["t6"].startswith("A1 and C1.1 are both told by the groups of boards too")
    assert by_region_too("t3-by-region").tables == ("t1", "t3", "t4", "t6", "t7", "t8")
    assert by_region_too("t4").tables == ("t1", "t3", "t6", "t7", "t8")


def test_a_release_of_two_items_together_forbids_the_breakdowns_of_both_later() -> None:
    earlier = as_earlier(written(by_region_too("t4")), number=1, extract="d")
    later = by_region_too("", earlier=(earlier,))
    assert later.refusals[0].startswith("Release 1 shows A1 and C1.1 together")
    assert by_region_too("t4", earlier=(earlier,)).is_safe


def test_tables_that_may_not_leave_do_not_pass_the_audit() -> None:
    ring = by_region_too("")
    tampered = replace(ring, tables=(*ring.tables, "t6"))
    faults = audit(returns(), plan=plan(), frame=FRAME, extract="d", decisions=tampered)
    assert faults == ("It has tables that may not leave.",)


@pytest.mark.parametrize(
    ("ties", "closing"),
    [
        (["a b", "b c", "c d"], []),
        (["a b", "b c", "a b", "b a"], []),
        (["a b", "b c", "c a"], ["c a"]),
        (["a the_groups", "b the_groups", "a b"], ["a b"]),
    ],
)
def test_only_what_closes_a_ring_is_refused(ties: list[str], closing: list[str]) -> None:
    knots = Knots()
    named = {tie: Tie(tie.partition(" ")[0], tie.partition(" ")[2]) for tie in ties}
    assert [tie for tie in ties if knots.closing([named[tie]])] == closing
    assert not knots.closes(Tie("m", "a", is_multiple=True))
    knots.tie("m", "b")
    assert knots.closes(Tie("m", "z", is_multiple=True))


def test_a_second_release_hides_again_what_the_first_hid() -> None:
    earlier = as_earlier(written(first()), number=1, extract="d")
    second = decided(earlier=(earlier,))
    assert second.is_safe
    assert set(second.hidden) == set(first().hidden)


def test_a_release_can_be_drawn() -> None:
    assert charts_of(told("t8")[0], "stacked", unit="boards")
    for table in ("t5", "t6"):  # what is left of them may be too little
        assert all("[c]" not in chart.reading for chart in charts_of(told(table)[0], "stacked", unit="boards"))


def test_codes_are_counts_of_boards_and_a_few_stay_words() -> None:
    table, hidden = told("codes")
    assert hidden.keys() == {("people", column) for column in ("boards", "answered", "submitted")}
    assert {table.cell(row, "boards").count for row in ("money", "time")} == {20, 6}
    assert first().bases["wrote at A2 @ England"] == 32


@pytest.mark.parametrize(
    ("bases", "why"),
    [
        (replace(CODED.bases, answered=29), "its base is 29, and national tables need 30"),
        (replace(CODED.bases, submitted=43), "it is on 43 returns, and the other tables on 42"),
    ],
)
def test_codes_on_few_boards_or_on_other_returns_are_left_out(bases: CodedBases, why: str) -> None:
    found = decided(coded=(replace(CODED, bases=bases),), out="t5 t6 t7")
    assert found.left_out["codes"] == why
    assert "codes" not in found.tables


def test_codes_of_a_few_more_boards_are_refused_and_what_was_words_stays_hidden() -> None:
    earlier = as_earlier(written(first()), number=1, extract="d")
    more = replace(CODED, bases=replace(CODED.bases, answered=35))
    found = decided(earlier=(earlier,), coded=(more,), out="t5 t6 t7")
    (refusal,) = found.refusals
    assert refusal.startswith("35 boards answered A2 in words here, 32 in release 1: what the few wrote could be")
    grown = tuple(replace(row, boards=6, publication=Publication.COUNT) for row in CODED.rows)
    found = decided(earlier=(earlier,), coded=(replace(CODED, rows=grown),), out="t5 t6 t7")
    assert found.is_safe
    assert {name: rule for name, rule in found.hidden.items() if "~" in name} == {"A2 ~ people @ England": "M55"}
