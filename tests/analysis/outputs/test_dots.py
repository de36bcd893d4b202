"""Dots: where a share lies, the line of its interval, and what is of low reliability told without colour."""

import pytest

from analysis.core.table import Cell, Column, Interval, Row, Table
from analysis.outputs.charts_svg import charts_of, render_chart
from analysis.outputs.dots_drawing import LEFT, RIGHT, draw_dots
from analysis.outputs.drawing import BLUE, WHITE

pytestmark = pytest.mark.pure

COLUMNS = (Column("yes", "Yes"), Column("no", "No"), Column("total", "Base", measures=("count",)))


def table_of(*groups: tuple[str, int, int]) -> Table:
    """Groups with how many said yes and no; the last is all of them."""
    cells = {}
    for name, yes, no in groups:
        base = yes + no
        for column, count in (("yes", yes), ("no", no)):
            interval = Interval(count / base / 2, (1 + count / base) / 2) if base >= 10 else None
            marker = "" if base >= 20 else "[u]" if base else "[x]"
            share = 100 * count // base if base else None
            cells[name, column] = Cell(count=count, base=base, percent=share, marker=marker, interval=interval)
        cells[name, "total"] = Cell(count=base, base=base)
    rows = tuple(Row(name, name.capitalize(), total=name == groups[-1][0]) for name, *_ in groups)
    return Table("t", 0, "T", "Group", rows, COLUMNS, cells, "All returns.", (), "S", "cross")


def test_a_dot_lies_at_its_share_with_the_line_of_its_interval() -> None:
    drawing = draw_dots(table_of(("all", 15, 5)))
    line, dot, *_ = drawing.rects
    middle = LEFT + 0.75 * (RIGHT - LEFT)
    assert dot.x + dot.width / 2 == pytest.approx(middle, abs=0.1)
    assert line.x == pytest.approx(LEFT + 0.375 * (RIGHT - LEFT), abs=0.1)
    assert "15 of 20 (75%)" in [text.text for text in drawing.texts]


def test_a_dot_of_low_reliability_is_hollow_and_one_without_interval_has_no_line() -> None:
    drawing = draw_dots(table_of(("north", 6, 2), ("all", 15, 5)))
    assert [rect.fill for rect in drawing.rects] == [WHITE, BLUE, BLUE, WHITE, BLUE, BLUE]


def test_groups_without_returns_are_not_drawn_and_the_reader_is_told() -> None:
    (chart,) = charts_of(table_of(("north", 0, 0), ("all", 15, 5)), "dots", unit="boards")
    assert "North" not in render_chart(chart)
    assert "are not drawn" in chart.reading
    assert chart.finding == "Most frequent answer: yes (15 of 20 boards, 75%)."
    assert charts_of(table_of(("all", 0, 0)), "dots") == ()
