"""Chart geometry: bars split at zero, in order of net agreement, with don't know and not answered set aside."""

from dataclasses import replace

import pytest

from analysis.core.charts import Bar, Chart, diverging_bars, plain_bars, response_bars, stacked_bars
from analysis.core.table import Cell, Table
from analysis.core.tabulate import tabulate_plan
from tests.analysis.core.examples import POPULATION, cube_of, small_plan

pytestmark = pytest.mark.pure

AGREE, NEITHER, DISAGREE = "agree", "neither", "disagree"


def tables_of(rows: list[dict[str, str]]) -> tuple[Table, ...]:
    plan = small_plan()
    return tabulate_plan(cube_of(rows, questionnaire=plan.questionnaire), plan=plan, population=POPULATION)


def statements(first: list[str], second: list[str]) -> Table:
    return tables_of([{"C1.1": one, "C1.2": two} for one, two in zip(first, second, strict=True)])[3]


def in_one_panel(table: Table) -> Table:
    return replace(table, rows=tuple(replace(row, panel="") for row in table.rows))


def geometry(bar: Bar) -> list[tuple[str, int, int | None, float, float]]:
    return [(one.id, one.count, one.percent, round(one.start, 4), round(one.width, 4)) for one in bar.segments]


def test_diverging_bar_splits_neutral_across_zero() -> None:
    table = statements([AGREE, AGREE, NEITHER, DISAGREE, ""], [""] * 5)
    bar = diverging_bars(table).bars[0]
    assert geometry(bar) == [
        (DISAGREE, 1, 25, -37.5, 25.0),
        (NEITHER, 1, 25, -12.5, 25.0),
        (AGREE, 2, 50, 12.5, 50.0),
    ]
    assert (bar.base, bar.left, bar.right, bar.net) == (4, -37.5, 62.5, 25.0)
    assert bar.apart == (("not_specified", "Not specified", Cell(count=1, base=5, percent=20, marker="[u]")),)


def test_diverging_bars_come_in_order_of_net_agreement() -> None:
    table = in_one_panel(statements([DISAGREE, AGREE, NEITHER], [AGREE, AGREE, DISAGREE]))
    assert [(bar.id, round(bar.net, 4)) for bar in diverging_bars(table).bars] == [("S2", 33.3333), ("S1", 0.0)]
    assert [bar.id for bar in diverging_bars(table, order="table").bars] == ["S1", "S2"]


def test_diverging_bars_of_equal_net_agreement_keep_the_order_of_the_table() -> None:
    table = in_one_panel(statements([AGREE, DISAGREE], [NEITHER, NEITHER]))
    assert [bar.id for bar in diverging_bars(table).bars] == ["S1", "S2"]


def test_diverging_bars_stay_in_their_panels() -> None:
    table = statements([DISAGREE], [AGREE])
    assert [(bar.panel, bar.id) for bar in diverging_bars(table).bars] == [
        ("Good things", "S1"),
        ("Other things", "S2"),
    ]


def test_diverging_bars_without_a_middle_option_meet_at_zero() -> None:
    table = tables_of([{"B1.health": one} for one in ("very_good", "good", "poor", "dont_know")])[1]
    health = diverging_bars(table, order="table").bars[0]
    assert (health.id, health.label, health.panel) == ("understanding.health.now", "Health", "Understanding")
    assert geometry(health) == [
        ("understanding.poor", 1, 33, -33.3333, 33.3333),
        ("understanding.fair", 0, 0, 0.0, 0.0),
        ("understanding.good", 2, 67, 0.0, 66.6667),
    ]
    assert [(label, cell.count) for _, label, cell in health.apart] == [("Don't know", 1), ("Not specified", 0)]


def test_diverging_chart_is_enclosed_by_whole_tens() -> None:
    chart = diverging_bars(statements([AGREE, AGREE, NEITHER, DISAGREE], [AGREE] * 4))
    assert (chart.lowest, chart.highest) == (-40, 100)


def test_a_bar_that_nobody_answered_is_empty() -> None:
    bar = diverging_bars(statements([""], [""])).bars[0]
    assert geometry(bar) == [(id_, 0, None, 0.0, 0.0) for id_ in (DISAGREE, NEITHER, AGREE)]
    assert (bar.base, bar.left, bar.right, bar.net) == (0, 0.0, 0.0, 0.0)


def test_stacked_bars_start_at_zero_and_end_at_a_hundred() -> None:
    bar = stacked_bars(statements([AGREE, AGREE, NEITHER, DISAGREE], [AGREE] * 4)).bars[0]
    assert [(one.id, one.start) for one in bar.segments] == [(DISAGREE, 0.0), (NEITHER, 25.0), (AGREE, 50.0)]
    assert bar.right == 100.0


def test_plain_bars_are_as_wide_as_the_share_of_all_returns() -> None:
    chart = plain_bars(tables_of([{"A1": "agree"}, {"A1": "agree"}, {}])[2])
    assert [(bar.id, bar.base, bar.segments[0].percent, round(bar.right, 4)) for bar in chart.bars] == [
        ("agree", 3, 67, 66.6667),
        ("neither", 3, 0, 0.0),
        ("disagree", 3, 0, 0.0),
        ("not_specified", 3, 33, 33.3333),
    ]


def test_response_bars_show_the_rate_on_boards_and_the_overall_rate() -> None:
    chart: Chart = response_bars(tables_of([{"region": "North"}, {"region": "South"}, {}])[0])
    assert [(bar.label, bar.base, bar.segments[0].count, bar.segments[0].percent, bar.right) for bar in chart.bars] == [
        ("The North", 6, 1, 17, 100 / 6),
        ("The South", 2, 1, 50, 50.0),
    ]
    assert chart.overall == Cell(count=3, base=8, percent=38)
