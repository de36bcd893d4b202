"""Files that people open: what was text stays text, and nothing in them acts."""

import csv
import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from respondents.tabular.guarding import guarded, unguarded
from respondents.tabular.writing import Sheet, write_csv, write_xlsx

pytestmark = pytest.mark.pure

ACTING = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\uff1d1",
    "\uff0b1",
    "\uff0d1",
    "\uff20x",
    "=cmd|' /C calc'!A0",
]


def cells(content: bytes, sheet: int = 0) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [tuple((cell.value, cell.data_type) for cell in row) for row in book.worksheets[sheet].iter_rows()]


@pytest.mark.parametrize("text", ACTING)
def test_text_that_would_act_is_text_in_a_workbook(text: str) -> None:
    content = write_xlsx([Sheet("Boards", ("Name",), [(text,)])])

    assert cells(content)[1][0] == (text.replace("\r", "_x000D_"), "s")  # as a workbook writes it


@pytest.mark.parametrize("text", ACTING)
def test_text_that_would_act_is_guarded_in_csv(text: str) -> None:
    content = write_csv(("Name",), [(text,)]).decode("utf-8-sig")

    assert [*csv.reader(io.StringIO(content, newline=""))] == [["Name"], [f"'{text}"]]


def test_numbers_are_not_guarded_and_days_are_iso() -> None:
    content = write_csv(("A", "B", "C", "D"), [(-1, 0.5, date(2012, 2, 1), None)])

    assert content == b"\xef\xbb\xbfA,B,C,D\r\n-1,0.5,2012-02-01,\r\n"


@given(st.text())
def test_what_is_guarded_comes_back_as_it_was(text: str) -> None:
    assert unguarded(guarded(text)) == text


def test_a_workbook_has_a_title_a_frozen_bold_head_and_one_table_a_sheet() -> None:
    sheet = Sheet("Boards: [all]", ("Name", "Since"), [("Barnet", date(2012, 2, 1))], notes=("As of today.",))
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx([sheet, sheet], title="The register")))

    assert book.properties.title == "The register"
    assert book.sheetnames == ["Boards   all", "Boards   all 2", "Notes"]
    page = book.worksheets[0]
    assert (page.freeze_panes, page["A1"].font.bold, [*page.tables]) == ("A2", True, ["Table1"])
    assert not page.merged_cells.ranges
    assert page["B2"].value == datetime(2012, 2, 1)  # noqa: DTZ001 -- a day
    assert [row[1].value for row in book.worksheets[2].iter_rows()] == ["Note", "As of today.", "As of today."]


def test_a_large_workbook_keeps_its_text_too() -> None:
    rows = [("=1+1", number) for number in range(20_001)]

    last = cells(write_xlsx([Sheet("Many", ("Name", "Number"), rows)]))[-1]

    assert last == (("=1+1", "s"), (20_000, "n"))


def test_a_moment_is_written_in_london_time() -> None:
    content = write_xlsx([Sheet("Log", ("At",), [(datetime(2012, 7, 1, 9, 30, tzinfo=UTC),)])])

    assert cells(content)[1][0] == (datetime(2012, 7, 1, 10, 30), "d")  # noqa: DTZ001 -- in London


def test_text_that_no_cell_can_hold_is_not_cut() -> None:
    with pytest.raises(ValueError, match="do not fit into one cell"):
        write_xlsx([Sheet("Long", ("Text",), [("x" * 40_000,)])])
