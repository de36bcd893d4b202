"""Which figures are marked as unreliable: by their base, or by how wide the exact interval is."""

import pytest
from scipy.stats import beta

from analysis.core.findings import say
from analysis.core.intervals import exact_interval
from analysis.core.reliability import CERTAIN_BASE, is_unstable
from analysis.core.tabulate import tabulate_plan
from tests.analysis.core.examples import POPULATION, cube_of, small_plan
from tests.golden.published import tables

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("x", "n", "population", "expected"),
    [
        (1, 9, 148, True),
        (12, 12, 12, True),
        (10, 19, 148, True),
        (17, 34, 148, True),  # 31 points
        (0, 20, 148, False),  # 0 to 15%
        (18, 36, 148, False),  # 30 points exactly are not wider than 30
        (29, 57, 148, False),
        (0, 0, 148, False),
        (22, 44, 100_000, True),
        (25, 50, 100_000, False),
        (11, 22, 20, False),  # more returns than boards: nobody is silent
    ],
)
def test_a_figure_is_marked_by_base_or_width(x: int, n: int, population: int, expected: bool) -> None:
    assert is_unstable(x, n=n, population=population) is expected


def test_from_the_certain_base_on_no_interval_of_any_population_is_wider() -> None:
    """The limits for an endless population (Clopper and Pearson) are the widest there are."""

    def widest(n: int) -> float:
        lows = [beta.ppf(0.025, x, n - x + 1) if x else 0.0 for x in range(n + 1)]
        highs = [beta.ppf(0.975, x + 1, n - x) if x < n else 1.0 for x in range(n + 1)]
        return float(max(high - low for low, high in zip(lows, highs, strict=True)))

    assert widest(CERTAIN_BASE) < 0.30 < widest(CERTAIN_BASE - 1)
    found = exact_interval(23, n=CERTAIN_BASE, population=1_000_000)
    assert found.high - found.low < 0.30


def test_small_tables_are_marked_and_counts_and_response_rates_are_not() -> None:
    plan = small_plan()
    rows = [{"region": "North", "A1": "agree"}] * 6
    response, _, frequency, _ = tabulate_plan(
        cube_of(rows, questionnaire=plan.questionnaire), plan=plan, population=POPULATION
    )

    agree = frequency.cell("agree", "percentage")
    assert (agree.marker_for("percent"), agree.marker_for("count")) == ("[u]", "")
    assert {cell.marker for _, _, cell in response.walk()} <= {"", "[x]", "[z]"}


def test_the_tables_of_2012_bear_no_such_mark() -> None:
    assert not [cell for table in tables() for _, _, cell in table.walk() if cell.marker == "[u]"]


def test_a_finding_on_too_little_says_so_beside_the_figure() -> None:
    plan = small_plan()
    rows = [{"A1": "agree"}] * 4 + [{"A1": "disagree"}] * 2
    small = tabulate_plan(cube_of(rows, questionnaire=plan.questionnaire), plan=plan, population=POPULATION)
    text = "{t3.agree:over half} agree: {t3.agree:of}, or {t3.agree:count}."

    found = say("F", text, tables=small, unit="boards", boards=8)

    assert found.text == "Over half [u] agree: 4 of 6 boards (67%) [u], or 4."
