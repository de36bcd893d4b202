"""Cross-tables against a second reckoning (Counter and Fraction on option codes), and every mistake in their specs."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import floor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.core.cross_counts import pairs_of
from analysis.core.cube import join
from analysis.core.finding_tokens import Token
from analysis.core.findings import figure_of, marked
from analysis.core.intervals import exact_interval
from analysis.core.plan import load_plan
from analysis.core.plan_document import CrossSpec
from analysis.core.shape import Population
from analysis.core.table import UNSTABLE, Cell, Interval, Table
from analysis.core.tabulate import count, tabulate, tabulate_plan
from survey.schema.source import DocumentError
from tests.analysis.core.examples import FILES, PLAN, POPULATION, cube_of, frame_of, small_plan, small_questionnaire

pytestmark = pytest.mark.pure

SMALL, LOADED = small_questionnaire(), small_plan()
LEVELS = LOADED.levels("region")
Rows = Sequence[Mapping[str, str]]

CROSS = """\
  - id: t5
    number: 5
    title: Trust by region
    kind: cross
    chart: diverging
    stub: Region
    question: B2
    by: region
    base: answered
    collapse:
      - {id: good, label: Good, options: [very_good, good]}
      - {id: rest, label: Fair or poor, options: [fair, poor]}
      - {id: unknown, label: Don't know, options: [dont_know]}
"""


def table_of(rows: Rows, *, population: Population = POPULATION, **spec: Any) -> Table:
    levels = LEVELS if spec.get("by") == "region" else ()
    made = CrossSpec(id="x", number=1, title="X", stub="Group", kind="cross", rows=levels, **spec)
    cube = join(cube_of(rows, questionnaire=SMALL), frame_of(rows, questionnaire=SMALL), pairs=pairs_of([made], SMALL))
    return tabulate(cube, population=population, spec=made, plan=LOADED)


def answers(code: str) -> list[str]:
    scale = SMALL.items[code].scale
    return ["", "refused", *(option.code for option in scale.options)] if scale else []


RETURNS = st.lists(
    st.fixed_dictionaries(
        {"region": st.sampled_from(["North", "South", ""])},
        optional={code: st.sampled_from(answers(code)) for code in ("A1", "B1.health", "C1.1")},
    ),
    max_size=25,
)


def reckoned(rows: Rows, item: str, by: str, base: str) -> Iterator[tuple[str, str, int, int | None, int | None]]:
    """Row, column, count, base and percentage of every cell, from a Counter of pairs of words."""
    groups = {"north": ["North"], "south": ["South"], "not_specified": [""]} if by == "region" else {
        **{code: [code] for code in answers(by)[2:]}, "not_answered": ["", "refused"]}  # fmt: skip
    groups["total"] = [value for values in groups.values() for value in values]
    pairs = Counter((row.get(by, ""), row.get(item, "")) for row in rows)
    parts = {**{code: [code] for code in answers(item)[2:]}, "not_answered": ["", "refused"]}
    outside = {"returned": set(), "asked": set(), "answered": {"dont_know", "not_answered"}}[base]
    for group, values in groups.items():
        counts = {part: sum(pairs[value, code] for value in values for code in codes) for part, codes in parts.items()}
        whole = sum(number for part, number in counts.items() if part not in outside)
        for part, number in counts.items():
            share = floor(Fraction(100 * number, whole) + Fraction(1, 2)) if whole else None
            yield (group, part, number, None, None) if part in outside else (group, part, number, whole, share)
        yield group, "total", whole, whole, None


@settings(max_examples=40, deadline=None)
@given(RETURNS, st.sampled_from(["A1", "B1.health"]), st.sampled_from(["region", "C1.1"]), st.sampled_from(
    ["returned", "asked", "answered"]))  # fmt: skip
def test_every_figure_agrees_with_a_second_reckoning(rows: Rows, item: str, by: str, base: str) -> None:
    table = table_of(rows, item=item, by=by, base=base)
    found = {
        (row.id, column.id): (cell.count, cell.base, cell.percent if "percent" in column.measures else None)
        for row, column, cell in table.walk()
    }
    assert found == {(row, column): figures for row, column, *rest in reckoned(rows, item, by, base)
                     for figures in [tuple(rest)]}  # fmt: skip


def test_two_halves_of_a_joined_cube_add_up_to_the_whole() -> None:
    rows = [{"A1": "agree", "C1.1": "disagree"}, {"A1": "agree"}, {"C1.1": "agree"}]
    whole, first, second = (
        join(cube_of(part, questionnaire=SMALL), frame_of(part, questionnaire=SMALL), pairs=[("A1", "C1.1")])
        for part in (rows, rows[:1], rows[1:])
    )
    assert ((first + second).joint["A1", "C1.1"] == whole.joint["A1", "C1.1"]).all()


REGISTER = {"region": {"North": 60, "South": 40}, "authority_type": {"County": 100}}
MANY = Population(boards=REGISTER, authorities=REGISTER)


def test_an_interval_is_exact_for_the_boards_of_the_group() -> None:
    rows = [{"region": "North", "A1": "agree" if n < 20 else "disagree"} for n in range(40)]
    table = table_of(rows, population=MANY, item="A1", by="region")
    exact = exact_interval(20, n=40, population=60)
    found = table.cell("north", "agree").interval
    assert found == Interval(exact.low, exact.high, exact.low_count, exact.high_count, 60)
    assert table.cell("north", "agree").marker == ""
    whole = table.cell("total", "agree").interval
    assert whole is not None
    assert whole.population == 100


def test_groups_of_an_item_have_an_interval_for_no_known_number_of_boards() -> None:
    rows = [{"C1.1": "agree", "A1": "agree"} for _ in range(30)]
    found = table_of(rows, population=MANY, item="A1", by="C1.1").cell("agree", "agree").interval
    assert found is not None
    assert found.population is None


@pytest.mark.parametrize(("returns", "marker", "has_interval"), [(9, "[u]", False), (10, "[u]", True), (58, "", True)])
def test_small_groups_are_unreliable_and_under_ten_have_no_interval(
    returns: int, marker: str, has_interval: bool
) -> None:
    rows = [{"region": "North", "A1": "agree"} for _ in range(returns)]
    cell = table_of(rows, population=MANY, item="A1", by="region").cell("north", "agree")
    assert (cell.marker, cell.interval is not None) == (marker, has_interval)


def test_nobody_answered_and_no_returns_are_bases_of_nought() -> None:
    unknown = table_of([{"B1.health": "dont_know"}] * 3, item="B1.health", base="answered")
    assert unknown.cell("total", "good") == Cell(count=0, base=0, marker="[x]")
    assert unknown.cell("total", "dont_know") == Cell(count=3)
    empty = table_of([], item="A1", by="region")
    assert {cell.percent for _, _, cell in empty.walk()} == {None}
    assert empty.base_note == "All returns (N = 0)."


def test_a_plan_holds_cross_tables_of_batteries_and_takes_levels_from_its_response_table() -> None:
    plan = small_plan(PLAN + CROSS)
    rows = [{"region": "North", "B2.health": "good"}] * 20 + [{"region": "South", "B2.health": "poor"}] * 20
    table = tabulate_plan(cube_of(rows, questionnaire=SMALL), plan=plan, population=MANY)[-1]
    assert [(row.id, row.panel) for row in table.rows][:4] == [
        ("B2.health.north", "Health"),
        ("B2.health.south", "Health"),
        ("B2.health.not_specified", "Health"),
        ("B2.health.total", "Health"),
    ]
    assert table.cell("B2.health.total", "good").percent == 50
    assert [column.id for column in table.columns] == ["good", "rest", "unknown", "not_answered", "total"]


def test_cross_tables_of_a_plan_are_protected() -> None:
    plan = small_plan(PLAN + CROSS)
    rows = [{"region": "North", "B2.health": "good"}] * 5 + [{"region": "South", "B2.health": "poor"}] * 30
    table = tabulate_plan(cube_of(rows, questionnaire=SMALL), plan=plan, population=MANY)[-1]
    assert table.cell("B2.health.north", "good") == Cell(base=5, marker="[c]")


WRONG = [
    ("question: B2", "question: B9", "P008", "The questionnaire has no question B9."),
    ("question: B2", "question: A1", "P031", "The question A1 is not a battery of items on one scale."),
    ("question: B2", "question: B2\n    item: A1", "P030", "A cross-table is of one item or of one question"),
    ("question: B2", "item: A7", "P005", "The questionnaire has no item A7."),
    ("question: B2", "item: A2", "P006", "The item A2 has no scale to tabulate."),
    ("by: region", "by: regions", "P032", "There is no variable of the frame and no item regions."),
    ("by: region", "by: A2", "P032", "The item A2 cannot break a table down."),
    ("by: region", "by: B2.health", "P033", "The item B2.health is broken down by itself."),
    ("by: region", "by: authority_type", "P034", "Nothing says which levels authority_type has."),
    ("by: region", "by: A1\n    rows: [{id: a, label: A, value: A}]", "P035", "Rows are given for authority_type"),
    ("chart: diverging", "chart: plain", "P036", "A cross-table cannot be drawn as plain."),
    ("[fair, poor]", "[fair, poor, dont_know]", "P037", "Fair or poor counts don’t know together with other answers."),
    ("[fair, poor]", "[fair]", "P012", "The option poor of the scale quality is not counted in any row."),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "id_", "message"), WRONG)
def test_every_mistake_in_a_cross_table_is_told(right: str, wrong: str, id_: str, message: str) -> None:
    text = PLAN + CROSS.replace(right, wrong, 1)
    with pytest.raises(DocumentError) as refusal:
        load_plan(text, questionnaire=SMALL, files=FILES)
    assert any(each.id == id_ and each.message.startswith(message) for each in refusal.value.problems)


def test_all_mistakes_are_told_at_once() -> None:
    text = PLAN + CROSS.replace("question: B2", "question: B9").replace("by: region", "by: regions")
    with pytest.raises(DocumentError) as refusal:
        load_plan(text, questionnaire=SMALL, files=FILES)
    assert {each.id for each in refusal.value.problems} == {"P008", "P032"}


def test_count_of_a_frame_without_returns_can_be_joined() -> None:
    frame = frame_of([], questionnaire=SMALL)
    cube = join(count(frame, questionnaire=SMALL), frame, pairs=[("A1", "C1.1")])
    assert cube.joint["A1", "C1.1"].sum() == 0


@pytest.mark.parametrize(("boards", "marker"), [(24, ""), (400, UNSTABLE)])
def test_a_figure_of_one_group_is_marked_for_the_boards_of_its_group(boards: int, marker: str) -> None:
    """Of 20 of 24 boards little is uncertain, of 20 of 400 much, however many boards there are elsewhere."""
    rows = [{"region": "North", "B1.health": "good" if place % 2 else "poor"} for place in range(20)]
    some = {"region": {"North": boards, "South": 424 - boards}, "authority_type": {"County": 424}}
    table = table_of(rows, population=Population(some, some), item="B1.health", by="region")
    for selector in ("good", "good+fair"):
        figure = figure_of(Token("x", f"north.{selector}", "of"), tables={"x": table})
        assert figure is not None
        assert marked(figure, table=table, boards=424).marker == marker


def test_a_sum_without_intervals_is_marked_as_of_boards_that_nobody_can_count() -> None:
    rows = [{"region": "North", "B1.health": "good" if place % 2 else "poor"} for place in range(20)]
    some = {"region": {"North": 24, "South": 400}, "authority_type": {"County": 424}}
    table = table_of(rows, population=Population(some, some), item="B1.health", by="region")
    bare = replace(table, cells={place: replace(cell, interval=None) for place, cell in table.cells.items()})
    figure = figure_of(Token("x", "north.good+fair", "of"), tables={"x": bare})
    assert figure is not None
    assert marked(figure, table=bare, boards=424).marker == UNSTABLE
