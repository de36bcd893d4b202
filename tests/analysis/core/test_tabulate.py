"""Tables from a cube: the layout of each kind, the notes the figures call for, and a wave without returns."""

import pytest

from analysis.core.plan import Plan
from analysis.core.shape import Population
from analysis.core.table import Cell, Column, Row, Table
from analysis.core.tabulate import ROUNDING, tabulate_plan
from tests.analysis.core.examples import PLAN, POPULATION, cube_of, small_plan

pytestmark = pytest.mark.pure

ROWS = [
    {"region": "North", "A1": "agree", "B1.health": "very_good", "C1.1": "agree"},
    {"region": "North", "A1": "agree", "B1.health": "good", "C1.1": "disagree"},
    {"A1": "refused", "B1.health": "dont_know", "C1.1": "neither"},
]
UNRELIABLE = "[u] = low reliability: a base under 20, or an interval for all boards wider than 30 points."
NOT_SPECIFIED = Row("not_specified", "Not specified", apart=True)


def tables_of(rows: list[dict[str, str]], plan: Plan | None = None) -> tuple[Table, ...]:
    plan = plan or small_plan()
    return tabulate_plan(cube_of(rows, questionnaire=plan.questionnaire), plan=plan, population=POPULATION)


def test_response_table_sets_returns_beside_authorities_and_boards() -> None:
    table = tables_of(ROWS)[0]
    assert table.rows == (Row("north", "The North"), Row("south", "The South"), NOT_SPECIFIED, table.rows[-1])
    assert table.rows[-1] == Row("total", "Total", total=True)
    assert [(column.id, column.measures) for column in table.columns] == [
        ("returns", ("count",)),
        ("eligible_authorities", ("count",)),
        ("response_rate", ("percent",)),
        ("eligible_boards", ("count",)),
        ("response_rate_boards", ("percent",)),
        ("share_of_returns", ("percent",)),
    ]
    assert [table.cell("north", column.id) for column in table.columns] == [
        Cell(count=2, base=3),
        Cell(count=7),
        Cell(count=2, base=7, percent=29),
        Cell(count=6),
        Cell(count=2, base=6, percent=33),
        Cell(count=2, base=3, percent=67),
    ]
    assert table.cell("total", "response_rate_boards") == Cell(count=3, base=8, percent=38)
    assert table.base_note == (
        "All returns (N = 3); rates are of the 9 eligible authorities and of the 8 eligible boards."
    )


def test_response_table_gives_unattributed_returns_a_share_and_no_rate() -> None:
    table = tables_of(ROWS)[0]
    assert [table.cell("not_specified", column.id) for column in table.columns] == [
        Cell(count=1, base=3),
        *[Cell(marker="[z]")] * 4,
        Cell(count=1, base=3, percent=33),
    ]


def test_response_table_refuses_a_level_without_a_row() -> None:
    with pytest.raises(ValueError, match="t1 has no row for region West"):
        tables_of([{"region": "West"}])


def test_population_refuses_strata_that_do_not_add_to_one_total() -> None:
    with pytest.raises(ValueError, match="same total"):
        Population(boards={"region": {"North": 6}, "authority_type": {"County": 7}}, authorities={})


def test_ratings_table_collapses_options_and_keeps_dont_know_and_not_specified_apart() -> None:
    table = tables_of(ROWS)[1]
    assert table.rows[:5] == (
        Row("understanding.good", "Good", panel="Understanding"),
        Row("understanding.fair", "Fair", panel="Understanding"),
        Row("understanding.poor", "Poor", panel="Understanding"),
        Row("understanding.unknown", "Don't know", panel="Understanding", apart=True),
        Row("understanding.not_specified", "Not specified", panel="Understanding", apart=True),
    )
    assert table.columns == (
        Column("health.before", "Earlier", group="Health", measures=("percent",)),
        Column("health.now", "Now", group="Health"),
        Column("police.before", "Earlier", group="Police", measures=("percent",)),
        Column("police.now", "Now", group="Police"),
    )
    assert [table.cell(row.id, "health.now").count for row in table.rows[:5]] == [2, 0, 0, 1, 0]
    assert [table.cell(row.id, "police.now").count for row in table.rows[:5]] == [0, 0, 0, 0, 3]


def test_ratings_table_shows_a_comparator_as_percentages_only() -> None:
    table = tables_of(ROWS)[1]
    assert [table.cell(row.id, "health.before") for row in table.rows[:5]] == [
        Cell(base=8, percent=63, marker="[b]"),
        Cell(base=8, percent=25, marker="[b]"),
        Cell(base=8, percent=13, marker="[b]"),
        Cell(base=8, percent=0, marker="[b]"),
        Cell(base=8, marker="[x]"),
    ]
    assert {table.cell(row.id, "police.before") for row in table.rows} == {Cell(marker="[z]")}


def test_ratings_table_tells_who_the_comparator_asked_and_why_it_is_no_trend() -> None:
    table = tables_of(ROWS)[1]
    assert table.base_note == "All returns (N = 3). Earlier survey: N = 8."
    assert table.caveat == "Earlier survey: directors, two years earlier (N = 8). Other people were asked."
    assert table.notes == (
        "Very good counts as good.",
        "One figure looks wrong. (E5)",
        "[b] = break: these figures are not comparable with the others.",
        UNRELIABLE,
        "[x] = not available.",
        "[z] = not applicable.",
    )


def test_ratings_table_stands_without_a_comparator() -> None:
    alone = PLAN.replace("    comparator: before\n", "")
    table = tables_of(ROWS, small_plan(alone, **{"before.csv": "source_table,aspect,agency,rating,percent,n\n"}))[1]
    assert [column.id for column in table.columns] == ["health.now", "police.now"]
    assert table.notes == ("Very good counts as good.", UNRELIABLE)


def test_statements_table_takes_the_wording_of_the_item_unless_the_plan_words_it() -> None:
    table = tables_of(ROWS)[3]
    assert table.rows == (Row("S1", "It works", panel="Good things"), Row("S2", "It lasts long", panel="Other things"))
    assert [(column.id, column.apart) for column in table.columns] == [
        ("agree", False),
        ("neither", False),
        ("disagree", False),
        ("not_specified", True),
        ("total", False),
    ]
    assert [table.cell("S1", column.id) for column in table.columns] == [
        *[Cell(count=1, base=3, percent=33, marker="[u]")] * 3,
        Cell(count=0, base=3, percent=0, marker="[u]"),
        Cell(count=3, base=3, percent=100, marker="[u]"),
    ]


def test_rounding_note_appears_only_where_percentages_do_not_sum_to_100() -> None:
    thirds = tables_of(ROWS)
    halves = tables_of([{"C1.1": "agree"}, {"C1.1": "disagree"}])
    assert [ROUNDING in table.notes for table in thirds] == [False, False, False, True]
    assert [ROUNDING in table.notes for table in halves] == [False, False, False, False]


def test_a_wave_without_returns_has_every_table_and_no_percentage() -> None:
    tables = tables_of([])
    ours = [
        (cell, column.measures)
        for table in tables
        for row, column, cell in table.walk()
        if not column.id.startswith("eligible") and "before" not in column.id and not row.apart
    ]
    rates = [cell for table in tables[:1] for _, column, cell in table.walk() if column.id.startswith("response_rate")]
    assert {cell.count for cell, _ in ours} == {0}
    assert {cell.percent for cell, _ in ours if cell not in rates} == {None}
    assert {cell.marker for cell, measures in ours if "percent" in measures and cell not in rates} == {"[x]"}
    assert tables[0].cell("total", "response_rate_boards") == Cell(count=0, base=8, percent=0)
    assert tables[0].cell("total", "share_of_returns") == Cell(count=0, base=0, marker="[x]")
    assert [table.base_note.startswith("All returns (N = 0)") for table in tables] == [True] * 4


def test_a_level_without_boards_has_no_rate() -> None:
    plan = small_plan()
    nobody = Population(boards={"region": {"North": 6}}, authorities={"region": {"North": 7}})
    cube = cube_of([{"region": "North"}], questionnaire=plan.questionnaire)
    table = tabulate_plan(cube, plan=plan, population=nobody)[0]
    assert table.cell("south", "response_rate_boards") == Cell(count=0, base=0, marker="[x]")
