"""What is withheld in a table is withheld in its chart, in what is said of it and in findings."""

from dataclasses import replace

import pytest

from analysis.core.document import fill, lint
from analysis.core.document.blocks import plain
from analysis.core.findings import say
from analysis.core.protecting import hide
from analysis.core.table import Cell, Table
from analysis.outputs.charts_svg import charts_of
from analysis.outputs.non_response import differences, non_response
from analysis.outputs.report_material import material_of
from tests.analysis.outputs.reports import sources_2012, template_2012
from tests.golden.published import tables

pytestmark = pytest.mark.pure

COLUMNS = ("returns", "response_rate", "response_rate_boards", "share_of_returns")


def by_region() -> Table:
    return next(table for table in tables() if table.id == "table_2")


def withheld() -> Table:
    return hide(by_region(), hidden={("south_west", column) for column in COLUMNS})


def test_the_chart_draws_no_bar_for_a_withheld_row_and_says_so() -> None:
    (whole,), (chart,) = charts_of(by_region(), "response"), charts_of(withheld(), "response")
    drawn = {text.text for text in chart.drawing.texts}
    assert "South West" in {text.text for text in whole.drawing.texts}
    assert "South West" not in drawn
    assert "1 of 14" not in drawn
    assert "something is withheld" in chart.description
    assert "Most are missing" in whole.finding
    assert "Most are missing" not in chart.finding  # it may be the row that is withheld


def test_figures_from_which_a_withheld_count_follows_are_not_told() -> None:
    told = non_response([withheld()], unit="boards")
    assert any("is not told in figures here" in each for each in told)
    assert not any("X²" in each for each in told)
    assert differences([by_region()], unit="boards") == ("The boards that answered differ from all boards by region.",)


def test_a_level_with_more_returns_than_boards_is_left_out_and_named() -> None:
    """Returns that were imported may name a region and no board."""
    table = by_region()
    cells = {**table.cells, ("north_west", "returns"): Cell(count=24), ("total", "returns"): Cell(count=69)}
    told = " ".join(non_response([replace(table, cells=cells)], unit="boards"))
    assert "Left out of this comparison, with more returns than boards: North West." in told
    assert "X²" in told


def test_a_finding_on_a_withheld_cell_is_withheld() -> None:
    text = "{table_2.south_west.returns:of} answered."
    assert not say("x", text, tables=[by_region()], unit="boards").is_withheld
    assert say("x", text, tables=[withheld()], unit="boards").is_withheld


def test_hiding_leaves_what_has_no_figure_and_drops_what_was_printed() -> None:
    table = hide(by_region(), hidden={("not_specified", column) for column in COLUMNS} | {("outer_london", COLUMNS[3])})
    assert table.cell("not_specified", "response_rate").marker == "[z]"
    assert table.cell("outer_london", "share_of_returns").printed is None
    assert replace(table.cell("outer_london", "share_of_returns"), base=None).marker == "[c]"


def test_the_report_of_a_release_has_no_table_that_was_left_out_and_nothing_said_of_it() -> None:
    kept = [table for table in tables() if table.id != "table_8"]
    broken_down = replace(kept[4], id="table_5-by-region", title="Table 5 by region")
    sources = sources_2012(tables=(*kept, broken_down))
    document = fill(template_2012(), material_of(sources))
    assert lint(template_2012(), material_of(sources)) == ()
    assert [block.id for block in document.tables][-1] == "table_5-by-region"
    assert "table_8" not in {block.id for block in document.tables} | {block.table.id for block in document.charts}
    assert not any("table_8" in str(part) for block in document.blocks for part in getattr(block, "line", ()))
    titles = [plain(heading.line) for heading in document.headings]
    assert "Tables by groups of boards" in titles
    assert "Prevention and early help" not in titles
