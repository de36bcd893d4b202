"""Tests of the HTML of tables: what stands where, and that the markup is sound."""

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from analysis.core.table import Cell, Printed, Table
from analysis.outputs.tables_html import letter, render_table, table_page
from tests.analysis.outputs.examples import frequency, ratings, statements

pytestmark = pytest.mark.pure


def tree(table: Table) -> ET.Element:
    """The rendered table as a tree; this also shows that every tag is closed."""
    html = render_table(table, unit="Unit: board", dates="February to March 2012")
    return ET.fromstring(re.sub(r"<col ([^>]*)>", r"<col \1/>", html))


def heads(table: Table) -> list[list[tuple[str, str, int]]]:
    return [[(head.text, head.scope, head.span) for head in row] for row in table_page(table).heads]


def test_caption_has_number_title_base_unit_and_dates() -> None:
    page = table_page(frequency(), unit="Unit: board", dates="February to March 2012")
    assert (page.number, page.title, page.base) == (
        "5",
        "Shared understanding",
        "All returns (N = 57). Unit: board. February to March 2012.",
    )


def test_single_measures_need_one_row_of_heads() -> None:
    assert heads(frequency()) == [[("Response", "col", 1), ("Frequency", "col", 1), ("%", "col", 1)]]


def test_count_and_percentage_are_two_columns_under_a_spanner() -> None:
    first, second = heads(statements())
    assert first[:3] == [("", "", 1), ("Strongly agree", "colgroup", 2), ("Agree", "colgroup", 2)]
    assert second == [("Statement", "col", 1), *[("n", "col", 1), ("%", "col", 1)] * 7]


def test_groups_stand_over_columns_and_a_shared_marker_over_its_column() -> None:
    groups, columns, measures = heads(ratings())
    assert groups == [("", "", 1), ("Health", "colgroup", 3), ("Children’s social care", "colgroup", 3)]
    assert columns[1:3] == [("2010 [b]", "col", 1), ("2012", "colgroup", 2)]
    assert measures == [("Rating", "col", 1), *[("%", "col", 1), ("n", "col", 1), ("%", "col", 1)] * 2]


def test_figures_keep_the_markers_that_stand_for_them() -> None:
    lines = table_page(ratings()).panels[0].lines
    assert [(figure.text, figure.marker) for figure in lines[0].figures] == [
        ("52", ""), ("36", ""), ("63", ""), ("", "[z]"), ("38", ""), ("67", ""),
    ]  # fmt: skip
    assert (lines[2].figures[0].text, lines[2].figures[0].marker) == ("", "[x]")


def test_a_marker_of_some_figures_stays_in_their_cells() -> None:
    table = frequency()
    low = replace(table, cells={**table.cells, ("agree", "percentage"): Cell(base=57, percent=72, marker="[u]")})
    page = table_page(low)
    assert page.panels[0].lines[0].figures[1].marker == "[u]"
    assert any(note.startswith("[u] = low reliability") for note in page.notes)


def test_panels_are_row_groups_with_headings() -> None:
    page = table_page(statements())
    assert [panel.heading for panel in page.panels] == ["Positive implications", "Negative implications"]
    found = tree(statements()).findall(".//tbody/tr[@class='panel']/th")
    assert [(th.get("scope"), th.get("colspan")) for th in found] == [("rowgroup", "15")] * 2


def test_a_differing_cell_leads_to_a_note_and_back() -> None:
    html = tree(statements())
    (mark,) = html.findall(".//td/a")
    (note,) = (p for p in html.iter("p") if p.get("id") == mark.get("href", "")[1:])
    assert "".join(note.itertext()).strip() == (
        "a The published report prints 76% here (erratum E11: 76 makes the row add to 101)."
    )
    assert note[0].get("href") == f"#{mark.get('id')}"


@pytest.mark.parametrize(
    ("printed", "sentence"),
    [
        (Printed("6", "percent", "E09", ""), "The published report prints 6% here (erratum E09)."),
        (Printed("43 (76%)", "percent", "E11"), "The published report prints 43 (76%) here (erratum E11)."),
        (Printed("14", "count"), "The published report prints 14 here; no erratum is known."),
    ],
)
def test_difference_says_what_is_known(printed: Printed, sentence: str) -> None:
    assert printed.words == sentence


def test_row_labels_are_row_heads_and_every_cell_of_a_body_row_is_a_figure() -> None:
    rows = [tr for tr in tree(ratings()).findall(".//tbody/tr") if tr.get("class") != "panel"]
    assert [[cell.tag for cell in tr] for tr in rows] == [["th", *["td"] * 6]] * 3
    assert {tr[0].get("scope") for tr in rows} == {"row"}


def test_apart_and_total_are_told_apart_by_class() -> None:
    styles = [line.style for line in table_page(frequency()).panels[0].lines]
    assert styles == ["", "", "apart", "total"]
    columns = table_page(statements()).columns
    assert columns[-4:] == ("count gap apart", "percent apart", "count gap", "percent")
    line = table_page(statements()).panels[0].lines[0]
    assert [figure.style for figure in line.figures[-5:]] == ["", "gap apart", "apart", "gap", ""]


def test_labels_are_escaped() -> None:
    html = render_table(statements())
    assert "&lt;with children&gt;" in html
    assert "autonomy &amp; less" in html


@pytest.mark.parametrize("table", [statements(), frequency()], ids=["wide", "narrow"])
def test_a_table_stands_in_a_region_one_can_scroll_by_keyboard(table: Table) -> None:
    region = tree(table).find("div")
    assert region is not None
    named = f"{table.id}-title"
    assert (region.get("role"), region.get("tabindex"), region.get("aria-labelledby")) == ("region", "0", named)


def test_letters_go_on_after_z() -> None:
    assert [letter(place) for place in (0, 25, 26, 27, 52)] == ["a", "z", "aa", "ab", "ba"]
