"""Tests of the tidy files: the same figures as CSV and as JSON."""

import csv
import io
import json
from dataclasses import replace

import pytest

from analysis.core.table import Row
from analysis.outputs.tidy_csv import tidy_csv
from analysis.outputs.tidy_json import tidy_json
from tests.analysis.outputs.examples import frequency, ratings, statements

pytestmark = pytest.mark.pure


def test_csv_has_a_line_for_each_figure() -> None:
    assert tidy_csv([frequency()]).splitlines() == [
        "table,row,column,measure,value,base,marker,note",
        "table_5,agree,frequency,count,41,57,,",
        "table_5,agree,percentage,percent,72,57,,",
        "table_5,disagree,frequency,count,14,57,,",
        "table_5,disagree,percentage,percent,25,57,,",
        "table_5,not_specified,frequency,count,2,57,,",
        "table_5,not_specified,percentage,percent,4,57,,",
        "table_5,total,frequency,count,57,57,,",
        "table_5,total,percentage,percent,100,57,,",
    ]


def test_every_line_says_what_every_copy_of_the_table_must_say() -> None:
    table = replace(frequency(), marks=("Draft: fieldwork is still open.", "Exploratory."))
    assert {line.rpartition(",")[2] for line in tidy_csv([table]).splitlines()[1:]} == {
        "Draft: fieldwork is still open. Exploratory."
    }


def test_csv_says_with_a_marker_why_a_figure_is_absent() -> None:
    lines = tidy_csv([ratings()]).splitlines()
    assert "table_4,trust.good,health.2010,percent,52,46,[b]," in lines
    assert "table_4,trust.not_specified,health.2010,percent,,46,[x]," in lines
    assert "table_4,trust.good,care.2010,percent,,,[z]," in lines


@pytest.mark.parametrize("formula", ["=1+1", "@SUM(1)", "+1", "-1", "\tx", ""])
def test_csv_refuses_ids_that_a_spreadsheet_would_calculate(formula: str) -> None:
    table = frequency()
    cells = {(formula if row == "agree" else row, column): cell for (row, column), cell in table.cells.items()}
    harmful = replace(table, rows=(Row(formula, "Agree"), *table.rows[1:]), cells=cells)
    with pytest.raises(ValueError, match="is no id"):
        tidy_csv([harmful])


def test_no_note_of_a_line_acts() -> None:
    table = replace(ratings(), caveat='=HYPERLINK("x")')
    noted = [line for line in csv.reader(io.StringIO(tidy_csv([table]))) if "HYPERLINK" in line[-1]]
    assert noted
    assert all(line[-1].startswith("'=") for line in noted)


def test_json_says_the_same_as_csv() -> None:
    tables = [ratings(), frequency(), statements()]
    records = [
        {
            name: "" if record[name] is None else str(record[name])
            for name in record
            if name not in {"printed", "erratum"}
        }
        for record in json.loads(tidy_json(tables))
    ]
    assert records == list(csv.DictReader(io.StringIO(tidy_csv(tables))))


def test_json_carries_what_was_printed_only_where_it_differs() -> None:
    records = json.loads(tidy_json([statements()]))
    assert [record for record in records if "printed" in record] == [
        {
            "table": "table_7",
            "row": "relationships",
            "column": "agree",
            "measure": "percent",
            "value": 75,
            "base": 57,
            "marker": "",
            "note": "The published report prints 76% here (erratum E11: 76 makes the row add to 101).",
            "printed": "76",
            "erratum": "E11",
        }
    ]


def test_json_of_no_tables_is_an_empty_list() -> None:
    assert json.loads(tidy_json([])) == []
