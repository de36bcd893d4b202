"""What each national figure tells of all boards is the same in every file, and is what the methods note reckons."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from python_calamine import CalamineWorkbook
from scipy.stats import hypergeom

from analysis.core.national import with_national_intervals
from analysis.core.protecting import hide
from analysis.core.table import Cell, Interval, Table
from analysis.core.tidy import tidy_rows
from analysis.outputs.formats import FORMATS
from analysis.outputs.json_stat import dataset
from analysis.outputs.table_set import Cover, TableSet
from tests.analysis.outputs.test_json_stat import figures, problems
from tests.golden import published as golden

pytestmark = pytest.mark.pure

ENDS = ("interval_low", "interval_high", "bound_low", "bound_high")
Ends = Mapping[tuple[str, str, str], tuple[int, ...]]


def ten() -> tuple[Table, ...]:
    return with_national_intervals(golden.tables())


def made() -> TableSet:
    return TableSet(ten(), Cover("Survey of chairs, 2012", date(2012, 5, 14), "National survey"))


def ends(lines: list[dict[str, str]]) -> Ends:
    found: dict[tuple[str, str, str], dict[str, int]] = {}
    for line in lines:
        if line["measure"] in ENDS:
            assert (str(line["base"]), line["marker"]) == ("148", "")
            found.setdefault((line["table"], line["row"], line["column"]), {})[line["measure"]] = int(line["value"])
    return {place: tuple(each[end] for end in ENDS) for place, each in found.items()}


def test_the_ends_are_those_that_scipy_finds_by_trying_every_number_of_boards() -> None:
    """Among them W19 and W20 of the methods note."""
    found = ends(list(csv.DictReader(io.StringIO(FORMATS["csv"].render(made()).decode()))))
    cells = {(table.id, *place): cell for table in golden.tables() for place, cell in table.cells.items()}
    by_count = {cells[place].count or 0: told for place, told in found.items()}
    assert len(by_count) > 30
    assert (by_count[1], by_count[0]) == ((1, 11, 1, 92), (0, 7, 0, 91))
    for count, told in by_count.items():
        having = np.arange(count, 148 - 57 + count + 1)
        low = having[hypergeom.sf(count - 1, 148, having, 57) > 0.025].min()
        high = having[hypergeom.cdf(count, 148, having, 57) > 0.025].max()
        assert told == (low, high, count, count + 91)


def test_csv_json_json_stat_and_workbook_tell_the_same() -> None:
    files = {name: FORMATS[name].render(made()) for name in ("csv", "json", "jsonstat.json", "xlsx")}
    by_csv = ends(list(csv.DictReader(io.StringIO(files["csv"].decode()))))
    assert by_csv == ends(json.loads(files["json"]))

    by_stat = {}
    for each in json.loads(files["jsonstat.json"])["link"]["item"]:
        assert list(problems(each)) == []
        told = figures(each)
        for row, column, metric in told:
            if metric == "interval_low" and told[row, column, metric][0] is not None:
                assert told[row, column, "population"] == (148, "")
                values = tuple(told[row, column, end][0] for end in ENDS)
                by_stat[each["extension"]["id"], row, column] = values
    assert by_stat == by_csv

    sheet = CalamineWorkbook.from_filelike(io.BytesIO(files["xlsx"])).get_sheet_by_name("Intervals").to_python()
    rows = [tuple(int(str(cell).partition(".")[0]) for cell in (*row[6:8], *row[10:12])) for row in sheet[8:]]
    assert rows == list(by_csv.values())


def test_groups_totals_silence_other_surveys_and_what_is_withheld_have_none() -> None:
    found = {(row.table, row.row, row.column) for row in tidy_rows(ten()) if row.measure == "interval_low"}
    assert not any(table in {"table_1", "table_2"} for table, _, _ in found)
    assert not any(part in {"total", "not_specified"} for _, row, column in found for part in (row, column))
    assert not any("lga" in column for _, _, column in found)

    five = next(table for table in golden.tables() if table.id == "table_5")
    hidden = hide(five, hidden={("agree", "frequency"), ("agree", "percentage")})
    told = with_national_intervals([*golden.tables()[:2], hidden])[2]
    assert "agree" not in {row.row for row in tidy_rows([told]) if row.measure == "interval_low"}
    assert figures(dataset(told))["agree", "frequency", "interval_low"] == (None, "[c]")
    assert figures(dataset(told))["total", "frequency", "interval_low"] == (None, "[z]")


def test_without_the_response_of_all_boards_nothing_is_told() -> None:
    five = [table for table in golden.tables() if table.id == "table_5"]
    assert with_national_intervals(five) == tuple(five)


def test_where_nobody_knows_how_many_all_are_the_ends_are_in_per_cent() -> None:
    five = next(table for table in golden.tables() if table.id == "table_5")
    cell = replace(five.cell("agree", "frequency"), interval=Interval(0.584, 0.816))
    cells: dict[tuple[str, str], Cell] = {**five.cells, ("agree", "frequency"): cell}
    told = [row for row in tidy_rows([replace(five, cells=cells)]) if row.measure.startswith("interval")]
    assert [(row.measure, row.value, row.base) for row in told] == [
        ("interval_low_percent", 58, 57),
        ("interval_high_percent", 82, 57),
    ]
