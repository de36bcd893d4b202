"""One table as CSV: a line for each figure, in words and numbers, with its status."""

import csv
import io
from dataclasses import replace

import pytest

from analysis.core.table import Row, Table
from analysis.outputs.one_table_csv import HEADS, one_table_csv
from tests.analysis.outputs.examples import frequency, ratings, statements, withheld
from tests.golden import published as golden

pytestmark = pytest.mark.pure


def lines(table: Table) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(one_table_csv(table).decode("utf-8-sig"))))


def said(table: Table, *names: str) -> list[tuple[str, ...]]:
    return [tuple(line[name] for name in names) for line in lines(table)]


def test_a_frequency_has_a_line_for_each_answer_with_count_base_and_percentage() -> None:
    assert list(lines(frequency())[0]) == list(HEADS)
    assert said(frequency(), "item", "category", "count", "base", "percent")[:2] == [
        ("Shared understanding", "Agree", "41", "57", "72"),
        ("Shared understanding", "Disagree", "14", "57", "25"),
    ]


def test_statements_have_a_line_for_each_answer_and_say_what_was_published_instead() -> None:
    found = next(line for line in lines(statements()) if line["category"] == "Agree")
    assert found["item"] == "Positive implications: Is likely to strengthen relationships <with children>"
    assert (found["count"], found["percent"]) == ("43", "75")
    assert found["note"].startswith("The published report prints 76% here (erratum E11")


def test_ratings_name_the_survey_and_say_with_a_marker_why_there_is_no_number() -> None:
    found = said(ratings(), "item", "category", "survey", "count", "percent", "status")
    assert ("Trust: Health", "Good", "2010", "", "52", "[b]") in found
    assert ("Trust: Children’s social care", "Good", "2010", "", "", "[z]") in found
    assert ("Trust: Health", "Good", "2012", "36", "63", "") in found
    cautious = lines(replace(ratings(), caveat="Other people were asked."))
    assert {line["survey"] for line in cautious if "Other people were asked." in line["note"]} == {"2010"}
    assert all("Other people" in line["note"] for line in cautious if line["status"] == "[b]")


def test_what_is_withheld_is_withheld_here_and_intervals_have_columns() -> None:
    names = ("item", "category", "count", "percent", "interval_low_percent", "status")
    found = said(withheld(), *names)
    assert ("North", "No", "", "", "", "[c]") in found
    assert next(line for line in found if line[:2] == ("North", "Yes"))[2:] == ("9", "75", "45", "[u]")
    assert {line["note"] for line in lines(withheld())} == {"Draft: fieldwork is still open."}


def test_all_figures_of_the_ten_tables_are_there() -> None:
    for table in golden.tables():
        numbers = [line[name] for line in lines(table) for name in ("count", "percent") if line[name]]
        shown = [cell.value(measure) for _, column, cell in table.walk() for measure in column.measures]
        assert sorted(map(int, numbers)) == sorted(value for value in shown if value is not None)


def test_no_text_acts() -> None:
    table = frequency()
    harmful = replace(table, title="@SUM(1)", rows=(Row("agree", "=1+1"), *table.rows[1:]))
    assert said(harmful, "item", "category")[0] == ("'@SUM(1)", "'=1+1")
