"""A single table by groups hides what tells of a board, and what would give it away."""

from dataclasses import replace
from functools import partial

import pytest

from analysis.core.count_systems import CountSystem, Range, Sum
from analysis.core.protecting import CannotProtect, hide, protect
from analysis.core.suppression import hidden_ranges
from analysis.core.table import Cell, Column, Row, Table
from analysis.outputs.tables_html import render_table
from analysis.outputs.tidy_csv import tidy_csv
from analysis.outputs.tidy_json import tidy_json
from tests.analysis.core import intruder

pytestmark = pytest.mark.pure

ANSWERS = ("agree", "neither", "disagree")
by_region = partial(intruder.by_region, names=ANSWERS)


def hidden_in(table: Table) -> set[tuple[str, str]]:
    return {place for place, cell in table.cells.items() if cell.marker == "[c]"}


def turned(table: Table) -> Table:
    """The same table with answers in the rows."""
    rows = tuple(Row(column.id, column.label) for column in table.columns)
    columns = tuple(Column("total" if row.total else row.id, row.label) for row in table.rows)
    cells = {(column, "total" if row == "england" else row): cell for (row, column), cell in table.cells.items()}
    return replace(table, rows=(*rows[:-1], replace(rows[-1], total=True)), columns=columns, cells=cells)


def test_the_worked_example_hides_four_cells_whichever_way_it_lies() -> None:
    table = by_region((5, 2, 1), (9, 4, 2), (7, 8, 4), (3, 3, 3))
    expected = {("r0", "neither"), ("r0", "disagree"), ("r1", "disagree"), ("r1", "neither")}
    assert hidden_in(protect(table, smallest=1)) == expected
    assert hidden_in(protect(turned(table), groups="columns", smallest=1)) == {(b, a) for a, b in expected}


def test_hidden_cells_have_neither_count_nor_percentage_in_any_format() -> None:
    table = protect(by_region((9, 2, 1), (9, 4, 5), (7, 8, 4)))
    for row, column in hidden_in(table):
        assert table.cell(row, column) == Cell(base=table.cell(row, "total").count, marker="[c]")
        assert f"t,{row},{column},count,,{table.cell(row, 'total').count},[c]," in tidy_csv([table]).splitlines()
        assert f'"row": "{row}", "column": "{column}", "measure": "percent", "value": null' in tidy_json([table])
    assert render_table(table).count("[c]") == 2 * len(hidden_in(table)) + 1  # figures, and what the marker means


def test_all_answers_of_a_small_group_are_hidden_with_others_that_would_give_them_away() -> None:
    table = protect(by_region((4, 3, 2), (10, 5, 5), (8, 7, 6)))
    assert hidden_in(table) > {("r0", answer) for answer in ANSWERS}
    assert not any(table.cell("england", answer).marker for answer in ANSWERS)


def test_a_group_of_one_mind_is_hidden_whole() -> None:
    assert hidden_in(protect(by_region((12, 0, 0), (9, 6, 5), (8, 7, 6)))) > {("r0", answer) for answer in ANSWERS}


def test_overlapping_answers_hide_those_who_gave_one_and_those_who_did_not() -> None:
    lines = ((12, 1, 5), (11, 8, 6), (10, 9, 7))
    table = protect(by_region(*lines, kind="multiple", bases=(13, 20, 20)))
    assert {row for row, column in hidden_in(table) if column == "agree"} > {"r0"}  # 12 of 13 tells of the other one
    assert {row for row, column in hidden_in(table) if column == "neither"} > {"r0"}
    assert not {row for row, column in hidden_in(table) if column == "disagree"}


def test_what_only_one_board_in_all_said_stays_somewhere_among_the_groups() -> None:
    table = by_region((10, 5, 1), (9, 6, 0), (8, 7, 0))
    hidden = hidden_in(protect(table))
    counts = {f"{row}{column}": cell.count or 0 for (row, column), cell in table.cells.items()}
    sums = [Sum(f"england{answer}", tuple(f"r{n}{answer}" for n in range(3))) for answer in ANSWERS]
    sums += [Sum(f"r{n}total", tuple(f"r{n}{answer}" for answer in ANSWERS)) for n in range(3)]
    ranges = hidden_ranges(CountSystem(counts, tuple(sums)), hidden=["".join(place) for place in hidden])
    assert ranges["r0disagree"] == Range(0, 1)


def test_where_nothing_would_do_it_says_so() -> None:
    with pytest.raises(CannotProtect, match="merge rows") as refused:
        protect(by_region((20, 2, 12)))
    assert refused.value.cells == ("r0 / neither",)


def test_nothing_to_hide_leaves_the_table_as_it_is() -> None:
    table = by_region((10, 5, 5), (9, 6, 5))
    assert protect(table) is table
    assert hide(table, hidden=()) is table
