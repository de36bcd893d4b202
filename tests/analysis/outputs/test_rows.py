"""Rows of figures and shapes of charts are set without the template language: every word in them is escaped."""

from xml.etree import ElementTree as ET

import pytest

from analysis.outputs.drawing import assemble
from analysis.outputs.rows_html import Difference, Figure, Line, Panel
from analysis.outputs.shapes import Mark, Rect, Rule, Shape, Text

pytestmark = pytest.mark.pure

SHARP = "<script>&\"'"


def test_a_row_has_its_label_and_each_figure_with_marker_and_note() -> None:
    note = Difference("a", "t-mark-a", "t-note-a", "Published as 5.")
    line = Line("South & West", "total", (Figure("12", "[u]", "gap", note), Figure("", "[c]", ""), Figure("7", "", "")))

    assert Panel("", (line,)).rows == (
        '<tr class="total"><th scope="row">South &amp; West</th>'
        '<td class="gap">12 <span class="marker">[u]</span>'
        '<a class="mark" id="t-mark-a" href="#t-note-a"><span class="govuk-visually-hidden">note </span>a</a></td>'
        '<td><span class="marker">[c]</span></td><td>7</td></tr>'
    )


def test_words_of_others_stay_words() -> None:
    row = Panel("", (Line(SHARP, "", (Figure(SHARP, SHARP, ""),)),)).rows
    drawn = assemble([Text(1, 2.5, SHARP)], height=10).shapes

    assert "<script" not in row + drawn
    assert ET.fromstring(row)[0].text == ET.fromstring(row)[1][0].text == ET.fromstring(drawn).text == SHARP


def test_shapes_lie_one_before_the_other_and_say_only_what_is_their_own() -> None:
    shapes: list[Shape] = [Text(1, 2.0, "n", "end", weight=600), Mark(9, 9, "disc", "#fff", "#000"),
                           Rect(0, 0, 4.5, 5, "#fff"), Rule(0, 1, 2, 3, dashes="3 3")]  # fmt: skip
    drawn = assemble(shapes, height=10)

    assert drawn.lines == '<line x1="0" y1="1" x2="2" y2="3" stroke-dasharray="3 3"/>'
    assert drawn.shapes.startswith('<rect x="0" y="0" width="4.5" height="5" fill="#fff"/><path d="M4.5 9a')
    assert drawn.shapes.endswith('<text x="1" y="2.0" text-anchor="end" font-weight="600">n</text>')
