"""Workbooks as the Analysis Function asks for them, read back with openpyxl and odfdo."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO

import odfdo
import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook
from scipy.stats import hypergeom

from analysis.core.table import MARKERS
from tests.analysis.outputs.workbook.made import FACTS, INVENTED, MARK, NAMES, TABLES, content, made

pytestmark = pytest.mark.pure

DAY = datetime(2012, 5, 14)  # noqa: DTZ001 -- files know no zone


@pytest.fixture(scope="module")
def book() -> Workbook:
    return openpyxl.load_workbook(BytesIO(content()["xlsx"]))


@pytest.fixture(scope="module")
def sheets(book: Workbook) -> list[Worksheet]:
    return [book[f"Table {number}"] for number in range(1, 11)]


def lines_above(sheet: Worksheet) -> list[str]:
    (table,) = sheet.tables.values()
    top = int(table.ref.partition(":")[0][1:])
    return [str(sheet.cell(row, 1).value) for row in range(1, top)]


# --- The whole ------------------------------------------------------------------------------------------------
def test_cover_contents_and_notes_come_before_a_sheet_for_each_table(book: Workbook) -> None:
    assert book.sheetnames == NAMES
    assert [each.name for each in odfdo.Document(BytesIO(content()["ods"])).body.tables] == NAMES


def test_both_files_hold_the_same_in_every_cell() -> None:
    xlsx, ods = (CalamineWorkbook.from_filelike(BytesIO(content()[name])) for name in ("xlsx", "ods"))
    for name in NAMES:
        assert xlsx.get_sheet_by_name(name).to_python() == ods.get_sheet_by_name(name).to_python()


def test_properties_name_title_author_language_and_the_day_of_the_tables(book: Workbook) -> None:
    about = book.properties
    assert (about.title, about.creator) == ("Survey of chairs", "A department")
    assert about.created == DAY
    (language,) = [each.value for each in book.custom_doc_props.props]  # type: ignore[attr-defined]
    assert language == "en-GB"
    meta = odfdo.Document(BytesIO(content()["ods"])).meta
    assert (meta.title, meta.initial_creator, meta.language) == ("Survey of chairs", "A department", "en-GB")
    assert meta.creation_date == DAY


def test_the_same_tables_are_the_same_bytes() -> None:
    assert made() == content()


def test_the_cover_says_what_of_when_from_whom_and_what_must_be_known(book: Workbook) -> None:
    said = [str(cell.value) for cell in book["Cover"]["A"]]
    assert said[:3] == ["Survey of chairs", INVENTED, MARK]
    assert "57 of 148 boards (39%)." in said
    assert {word for fact in FACTS for word in fact} <= set(said)
    assert book["Cover"].max_column == 1


def test_contents_lead_to_every_sheet_and_each_leads_back(book: Workbook, sheets: list[Worksheet]) -> None:
    links = {str(cell.value): cell.hyperlink.location for cell in book["Contents"]["A"] if cell.hyperlink}
    assert links == {name: f"'{name}'!A1" for name in NAMES if name != "Contents"}
    for sheet in sheets:
        assert [cell.hyperlink.location for cell in sheet["A"] if cell.hyperlink] == ["'Contents'!A1"]


# --- Each sheet -----------------------------------------------------------------------------------------------
def test_each_sheet_is_one_marked_up_table_with_heads_that_differ_and_no_blank_or_merged_cell(book: Workbook) -> None:
    for sheet in book.worksheets[1:]:
        (table,) = sheet.tables.values()
        head, *rows = [[cell.value for cell in row] for row in sheet[table.ref]]
        assert table.column_names == head
        assert len({str(each).lower() for each in head}) == len(head)
        assert not any(cell in {None, ""} for row in rows for cell in row)
        assert not sheet.merged_cells.ranges
        assert table.ref.rpartition(":")[2] == f"{sheet.dimensions.rpartition(':')[2]}"


def test_tables_are_marked_up_in_the_open_format_as_well() -> None:
    body = odfdo.Document(BytesIO(content()["ods"])).body
    ranges = body.get_elements("//table:database-range")
    assert [each.get_attribute("table:contains-header") for each in ranges] == [True] * 13


def test_title_mark_base_shorthand_and_source_stand_above_the_table(sheets: list[Worksheet]) -> None:
    for sheet, table in zip(sheets, TABLES, strict=True):
        said = lines_above(sheet)
        assert said[0].startswith(f"Table {table.number}. {table.title}")
        assert said[1] == MARK
        assert f"Base: {table.base_note}" in said
        assert f"Source: {table.source}" in said
        assert table.caveat in " ".join(said)
        used = {str(cell.value) for row in sheet.iter_rows() for cell in row if str(cell.value) in MARKERS}
        assert used <= {line.partition(" ")[0] for line in said}


def test_numbers_are_numbers_and_only_markers_stand_for_them(sheets: list[Worksheet]) -> None:
    kinds = set()
    for sheet, table in zip(sheets, TABLES, strict=True):
        (area,) = (each.ref for each in sheet.tables.values())
        labels = 2 if any(row.panel for row in table.rows) else 1
        count = sum(len(column.measures) for column in table.columns)
        for row in sheet[area][1:]:
            kinds |= {cell.value if isinstance(cell.value, str) else cell.data_type for cell in row[labels:][:count]}
    assert kinds == {"n", "[x]", "[z]"}


def test_a_figure_published_otherwise_shows_its_note_and_stays_a_number(book: Workbook) -> None:
    shown = {
        (sheet.title, cell.value, cell.number_format)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if "note" in str(cell.number_format)
    }
    assert len(shown) == 11
    assert ("Table 7", 75, '#,##0" [note 22]"') in shown
    notes = {row[0].value: (str(row[1].value), row[2].value) for row in book["Notes"].iter_rows(min_row=5)}
    assert "The published report prints 43 (76%) here (erratum E11" in notes["[note 22]"][0]
    assert notes["[note 22]"][1] == "Table 7"
    assert "[note 22] Agree: %." in {cell.value for row in book["Table 7"].iter_rows() for cell in row}


def test_heads_stay_in_sight_and_are_printed_on_each_page_of_a4_on_its_side(book: Workbook) -> None:
    for sheet in book.worksheets[1:]:
        (table,) = sheet.tables.values()
        top = int(table.ref.partition(":")[0][1:])
        assert sheet.freeze_panes in {f"{column}{top + 1}" for column in "BCD"}
        assert sheet.print_title_rows == f"${top}:${top}"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.page_setup.fitToHeight == 0


def test_the_open_format_is_printed_so_as_well() -> None:
    styles = odfdo.Document(BytesIO(content()["ods"])).styles
    pages = styles.get_elements("//style:page-layout-properties")
    assert {each.get_attribute("style:print-orientation") for each in pages} == {"landscape"}


def test_names_of_sheets_are_short_allowed_and_each_once() -> None:
    one = TABLES[4]
    ids = ("table_5-by-region", "a" * 60, "a" * 61, "x[]:*?/\\y", "table_5", "cover")
    tables = tuple(replace(one, id=each, number=0 if each == "cover" else 5) for each in ids)
    names = openpyxl.load_workbook(BytesIO(made(tables)["xlsx"])).sheetnames[3:]
    assert names == ["Table 5", "A" + "a" * 30, "A" + "a" * 26 + " 2", "X y", "Table 5 2", "Cover 2"]


def test_every_national_figure_has_its_interval_and_bounds_for_all_boards(book: Workbook) -> None:
    (table,) = book["Intervals"].tables.values()
    head, *rows = [[cell.value for cell in row] for row in book["Intervals"][table.ref]]
    found = {tuple(row[:3]): row[3:] for row in rows}
    assert head[3:] == [
        *("Number", "Base", "%", "95% interval from (boards)", "95% interval to (boards)"),
        *("95% interval from (%)", "95% interval to (%)", "Fewest possible (boards)", "Most possible (boards)"),
    ]
    willing = "There is a willingness amongst partner agencies to provide an 'early help offer'"
    exact = golden_interval(35)
    assert found["Table 8", willing, "Agree"] == [
        35,
        57,
        61,
        *exact,
        *(round(100 * end / 148) for end in exact),
        35,
        126,
    ]
    assert len(rows) == len(found) == 2 * 5 + 29 * 5 + 42 * 4


def golden_interval(x: int) -> tuple[int, int]:
    """By another route: all numbers of boards under which what was found is not in a tail of 2.5%."""
    inside = [
        boards
        for boards in range(149)
        if min(hypergeom.sf(x - 1, 148, boards, 57), hypergeom.cdf(x, 148, boards, 57)) > 0.025
    ]
    return inside[0], inside[-1]
