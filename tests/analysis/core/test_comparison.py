"""Printed figures beside ours: only where they differ, only on as many returns as they stand on, with their erratum."""

from collections.abc import Mapping

import pytest

from analysis.core.table import Printed, Table
from analysis.core.tabulate import tabulate_plan
from tests.analysis.core.examples import FILES, POPULATION, cube_of, small_plan

pytestmark = pytest.mark.pure

ROWS = [
    {"A1": "agree", "C1.1": "agree"},
    {"A1": "agree", "C1.1": "agree"},
    {"A1": "agree", "C1.1": "disagree"},
    {"A1": "disagree", "C1.1": "disagree"},
]
ALONE = [*ROWS[:1], {}, {}, {}]


def tables_of(rows: list[dict[str, str]] = ROWS, *, files: Mapping[str, str] = FILES) -> tuple[Table, ...]:
    plan = small_plan(**files)
    return tabulate_plan(cube_of(rows, questionnaire=plan.questionnaire), plan=plan, population=POPULATION)


def differing(tables: tuple[Table, ...]) -> list[tuple[str, str, str, Printed | None]]:
    return [(table.id, row.id, column.id, cell.printed) for table in tables for row, column, cell in table.differing]


def test_a_differing_figure_is_shown_with_its_erratum() -> None:
    assert differing(tables_of()) == [("t4", "S1", "agree", Printed("2 (51%)", "percent", "E1", "2 of 4 are 50%."))]


def test_a_differing_figure_without_an_erratum_is_shown_all_the_same() -> None:
    printed = FILES["printed.csv"].replace("75%,75", "74%,74")
    assert differing(tables_of(files={"printed.csv": printed}))[0] == (
        *("t3", "agree", "percentage"),
        Printed("74%", "percent", "", ""),
    )


def test_a_known_erratum_comes_before_a_count_that_differs_too() -> None:
    printed = FILES["printed.csv"].replace("count,2 (51%),2", "count,2 (51%),1")
    assert differing(tables_of(files={"printed.csv": printed}))[0][3] == (
        Printed("2 (51%)", "percent", "E1", "2 of 4 are 50%.")
    )


def test_a_count_comes_before_its_percentage() -> None:
    no_errata = {"errata.yaml": "errata: []\n"}
    assert differing(tables_of(ALONE, files=no_errata))[-1] == (
        *("t4", "S1", "agree"),
        Printed("2 (51%)", "count", "", ""),
    )


def test_another_number_of_returns_is_not_compared() -> None:
    tables = tables_of(ROWS[:3])
    assert differing(tables) == []
    assert all("(E2)" not in note for table in tables for note in table.notes)


def test_notes_on_the_publication_follow_the_notes_of_the_table() -> None:
    assert tables_of()[3].notes[-1] == "The rows are in another order. (E2)"
