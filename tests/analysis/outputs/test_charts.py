"""Tests of charts: what they find, what they draw, and that their words can be read."""

import itertools
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from analysis.core.contrast import contrast, luminance
from analysis.core.table import Cell, Table
from analysis.outputs import drawing
from analysis.outputs.charts_svg import ChartPage, charts_of, render_chart
from analysis.outputs.drawing import fills, ink_on, lines_of, text_width
from tests.analysis.outputs.examples import frequency, ratings, statements
from tests.golden import published as golden
from tests.golden.published import example

pytestmark = pytest.mark.pure

SVG = "{http://www.w3.org/2000/svg}"
KINDS = {spec.id: spec.chart for spec in golden.plan().specs}
CHARTS = [chart for table in golden.tables() for chart in charts_of(table, KINDS[table.id], unit="boards")]


def chart_of(table_id: str, kind: str) -> ChartPage:
    (found,) = (chart for chart in CHARTS if chart.id == f"{table_id}-{kind}")
    return found


def svg_of(chart: ChartPage) -> ET.Element:
    found = re.search(r"<svg.*</svg>", render_chart(chart), flags=re.DOTALL)
    assert found is not None
    return ET.fromstring(found[0])


def words_of(chart: ChartPage) -> list[str]:
    return [text.text for text in chart.drawing.texts]


def test_w48_our_reckoning_of_contrast_is_the_field_s() -> None:
    given, expected = example("W48")
    found = [contrast(*pair) for pair in given["pairs"]]
    assert found == pytest.approx(expected["ratios"], abs=0.02)


def test_every_table_has_a_chart_and_tables_with_a_comparator_two() -> None:
    assert [chart.id for chart in CHARTS] == [
        "table_1-response",
        "table_2-response",
        "table_3-diverging",
        "table_3-comparator",
        "table_4-diverging",
        "table_4-comparator",
        "table_5-plain",
        "table_6-plain",
        "table_7-diverging",
        "table_8-diverging",
        "table_9-diverging",
        "table_10-stacked",
    ]


@pytest.mark.parametrize(
    ("table", "kind", "finding"),
    [
        (
            "table_1",
            "response",
            "57 of 148 boards (39%) made a return. Most are missing from Unitary: 19 of 53 made one.",
        ),
        (
            "table_4",
            "diverging",
            (
                "Most often answered “good”: Willingness to share information, Children's social care (43 of 57 "
                "boards, 75%). Least often: Inter-agency working, Third sector (15 of 57 boards, 26%)."
            ),
        ),
        ("table_5", "plain", "Most frequent answer: agree (38 of 57 boards, 67%)."),
        (
            "table_9",
            "diverging",
            (
                "Most often answered “strongly agree” or “agree”: Clarification of core priorities given capacity "
                "issues (early help/child protection/safeguarding) (48 of 57 boards, 84%). Least often: Introduction "
                "of sanctions against partner bodies for non-compliance with LSCB recommendations (28 of 57 boards, "
                "49%)."
            ),
        ),
        (
            "table_3",
            "comparator",
            (
                "2012 (board chairs): most often “good” for Understanding of thresholds, Children's social care (47 of "
                "57 boards, 82%). The other panel is another survey: the two are not a trend."
            ),
        ),
    ],
)
def test_finding_is_reckoned_from_the_cells_and_names_its_base(table: str, kind: str, finding: str) -> None:
    assert chart_of(table, kind).finding == finding


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.id)
def test_svg_names_itself_by_its_finding(chart: ChartPage) -> None:
    svg = svg_of(chart)
    title, description = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert (svg.get("role"), svg.get("aria-labelledby")) == ("img", f"{title.get('id')} {description.get('id')}")
    assert title.text == chart.finding
    assert (description.text or "").endswith(f"Every figure is in Table {chart.table.number}.")


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.id)
def test_svg_obeys_a_policy_that_forbids_inline_style(chart: ChartPage) -> None:
    for element in svg_of(chart).iter():
        assert "style" not in element.attrib
        assert element.tag not in {f"{SVG}style", f"{SVG}script", f"{SVG}image", f"{SVG}use"}


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.id)
def test_nothing_is_drawn_outside_the_picture(chart: ChartPage) -> None:
    for box in chart.drawing.rects:
        assert 0 <= box.x <= box.x + box.width <= chart.width
        assert 0 <= box.y <= box.y + box.height <= chart.drawing.height
    for text in chart.drawing.texts:
        width = text_width(text.text, size=text.size or chart.drawing.size)
        left = text.x - {"": 0.0, "middle": width / 2, "end": width}[text.anchor]
        assert -4 <= left <= left + width <= chart.width + 4
        assert 0 < text.y <= chart.drawing.height


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.id)
def test_labels_in_bars_are_inside_their_bar(chart: ChartPage) -> None:
    for text in chart.drawing.texts:
        if text.anchor == "middle" and text.text.isdigit():
            assert any(
                box.x <= text.x <= box.x + box.width and box.y < text.y < box.y + box.height
                for box in chart.drawing.rects
            )


def test_neighbours_in_a_bar_are_parted_by_white() -> None:
    boxes = sorted((box.y, box.x, box.width) for box in chart_of("table_7", "diverging").drawing.rects)
    for (y, x, width), (next_y, next_x, _) in itertools.pairwise(boxes):
        if y == next_y and y > drawing.LINE:
            assert next_x - (x + width) >= drawing.GAP - 0.11


@pytest.mark.parametrize("kind", [("table_7", "diverging"), ("table_10", "stacked")])
def test_the_two_sides_of_a_scale_differ_without_their_colours(kind: tuple[str, str]) -> None:
    chart = chart_of(*kind)
    boxes = [box for box in chart.drawing.rects if box.fill != drawing.WHITE]
    stripes = [box for box in chart.drawing.rects if box.fill == drawing.WHITE]
    striped = {box.fill for box in boxes for line in stripes if box.x == line.x and box.y < line.y < box.y + box.height}
    assert striped == set(drawing.fills(5)[3:])
    assert not any(
        box.x == line.x and box.y < line.y < box.y + box.height
        for box in boxes
        for line in stripes
        if box.fill in drawing.fills(5)[:3]
    )


def test_bars_of_single_shares_name_their_base() -> None:
    assert "(base 57)" in chart_of("table_5", "plain").reading


def test_what_is_no_position_and_the_base_stand_at_the_right() -> None:
    words = words_of(chart_of("table_3", "diverging"))
    assert words[:3] == ["Poor", "Reasonable", "Good"]
    assert words[3:8] == ["Don't", "know", "Not", "specified", "Base"]


def test_items_are_in_the_order_of_net_agreement() -> None:
    labels = [text.text for text in chart_of("table_9", "diverging").drawing.texts if text.x == 0]
    firsts = ("Further guidance", "Clarification", "A separate", "Introduction")
    assert [label for label in labels if label.startswith(firsts)] == [
        next(label for label in labels if label.startswith(first)) for first in firsts
    ]


def test_response_prints_returns_of_eligible_and_most_missing_first() -> None:
    figures = [word for word in words_of(chart_of("table_2", "response")) if " of " in word and word[0].isdigit()]
    assert figures[:3] == ["5 of 19 (26%)", "1 of 14 (7%)", "7 of 19 (37%)"]
    pairs = [figure.partition(" (")[0].split(" of ") for figure in figures]
    missing = [int(eligible) - int(returned) for returned, eligible in pairs]
    assert missing == sorted(missing, reverse=True)


def test_comparator_stands_in_a_panel_of_its_own_behind_a_broken_line_told_by_shape_and_not_by_colour() -> None:
    chart = chart_of("table_4", "comparator")
    parting = max((rule for rule in chart.drawing.rules if rule.dashes == "4 4"), key=lambda rule: rule.y2)
    ours = [mark for mark in chart.drawing.marks if mark.kind == "disc"]
    theirs = [mark for mark in chart.drawing.marks if mark.kind == "diamond"]
    assert (len(ours), len(theirs)) == (21, 18)
    assert max(mark.x for mark in ours) < parting.x1 < min(mark.x for mark in theirs)
    assert {mark.fill for mark in ours}.isdisjoint(mark.fill for mark in theirs)
    assert [word for word in words_of(chart) if "N =" in word] == [
        "2012 (board chairs), N = 57",
        "2010 (LGA survey), N = 46",
    ]
    assert words_of(chart).count("[z]") == 3


def test_the_statement_on_comparing_stands_under_the_chart_of_a_comparator() -> None:
    assert "neither survey was a random sample" in chart_of("table_3", "comparator").reading


def test_a_percentage_without_a_certain_count_has_a_point_and_no_interval() -> None:
    chart = chart_of("table_3", "comparator")
    intervals = [rule for rule in chart.drawing.rules if rule.dashes == "3 2"]
    assert len(intervals) == len([mark for mark in chart.drawing.marks if mark.kind == "diamond"]) - 1  # E12


def test_a_table_without_a_comparator_gets_no_panels() -> None:
    assert [chart.id for chart in charts_of(statements(), "diverging")] == ["table_7-diverging"]
    assert charts_of(frequency(), None) == ()
    assert [chart.id for chart in charts_of(ratings(), None)] == ["table_4-comparator"]


def empty(table: Table) -> Table:
    cells = {
        place: Cell(count=None if cell.count is None else 0, base=0, marker="[x]")
        for place, cell in table.cells.items()
    }
    return replace(table, cells=cells)


@pytest.mark.parametrize("table", golden.tables(), ids=lambda table: table.id)
def test_a_wave_without_returns_can_be_drawn(table: Table) -> None:
    for chart in charts_of(empty(table), KINDS[table.id]):
        assert chart.finding == "No returns have been counted yet."
        assert "NaN" not in render_chart(chart)


@pytest.mark.parametrize("number", range(2, 8))
def test_words_on_every_fill_can_be_read(number: int) -> None:
    for fill in fills(number):
        assert contrast(ink_on(fill) or drawing.INK, fill) >= 4.5


def test_words_beside_the_bars_can_be_read_on_white() -> None:
    assert contrast(drawing.QUIET, drawing.WHITE) >= 4.5
    assert contrast(drawing.INK, drawing.WHITE) >= 4.5


def test_fills_part_the_two_sides_of_a_scale_in_greyscale_by_place_and_never_set_red_against_green() -> None:
    assert fills(2) == (drawing.BLUE, drawing.PINK)
    assert fills(3) == (drawing.BLUE, drawing.GREY, drawing.PINK)
    assert fills(5) == (drawing.BLUE, drawing.TURQUOISE, drawing.GREY, drawing.ORANGE, drawing.PINK)
    five = [luminance(fill) for fill in fills(5)]
    assert five[0] < five[1] < five[2] > five[3] > five[4]


def test_lines_break_between_words_only() -> None:
    assert lines_of("one two three", width=text_width("one two")) == ("one two", "three")
    assert lines_of("unbreakable", width=5) == ("unbreakable",)
    assert lines_of("", width=50) == ()
