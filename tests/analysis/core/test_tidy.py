"""Tidy rows: every figure once, in reading order, with its base and its marker."""

import pytest

from analysis.core.tabulate import tabulate_plan
from analysis.core.tidy import TidyRow, tidy_rows
from tests.analysis.core.examples import POPULATION, cube_of, small_plan

pytestmark = pytest.mark.pure


def test_tidy_rows_follow_tables_rows_columns_and_measures() -> None:
    plan = small_plan()
    cube = cube_of([{"A1": "agree"}, {}], questionnaire=plan.questionnaire)
    frequency = tabulate_plan(cube, plan=plan, population=POPULATION)[2]
    assert tidy_rows([frequency]) == [
        TidyRow("t3", "agree", "frequency", "count", 1, 2, ""),
        TidyRow("t3", "agree", "percentage", "percent", 50, 2, "[u]"),
        TidyRow("t3", "neither", "frequency", "count", 0, 2, ""),
        TidyRow("t3", "neither", "percentage", "percent", 0, 2, "[u]"),
        TidyRow("t3", "disagree", "frequency", "count", 0, 2, ""),
        TidyRow("t3", "disagree", "percentage", "percent", 0, 2, "[u]"),
        TidyRow("t3", "not_specified", "frequency", "count", 1, 2, ""),
        TidyRow("t3", "not_specified", "percentage", "percent", 50, 2, "[u]"),
        TidyRow("t3", "total", "frequency", "count", 2, 2, ""),
        TidyRow("t3", "total", "percentage", "percent", 100, 2, "[u]"),
    ]


def test_tidy_rows_say_why_a_figure_is_absent_and_keep_the_one_that_is_there() -> None:
    plan = small_plan()
    statements = tabulate_plan(cube_of([], questionnaire=plan.questionnaire), plan=plan, population=POPULATION)[3]
    assert tidy_rows([statements])[:2] == [
        TidyRow("t4", "S1", "agree", "count", 0, 0, ""),
        TidyRow("t4", "S1", "agree", "percent", None, 0, "[x]"),
    ]


def test_a_figure_of_another_survey_carries_the_statement_on_comparing() -> None:
    cube = cube_of([{"A1": "agree"}], questionnaire=small_plan().questionnaire)
    tables = tabulate_plan(cube, plan=small_plan(), population=POPULATION)

    rows = [(row, next(table for table in tables if table.id == row.table).caveat) for row in tidy_rows(tables)]

    assert {caveat in row.note for row, caveat in rows if row.marker == "[b]"} == {True}
    assert not any(caveat in row.note for row, caveat in rows if caveat and row.marker != "[b]")
