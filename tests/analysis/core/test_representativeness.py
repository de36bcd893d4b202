"""Tests of the comparison of those who answered with all who could have: worked examples W24 to W27 and W65 to W68."""

from typing import Any

import pytest

from analysis.core.percent import percent
from analysis.core.representativeness import Representativeness, compare_returns
from tests.golden.published import worked_examples

pytestmark = pytest.mark.pure


def compared(name: str) -> tuple[Representativeness, dict[str, Any], float]:
    worked = worked_examples()[name]
    found = compare_returns(worked["inputs"]["returns"], eligible=worked["inputs"]["population"])
    assert found is not None
    return found, worked["expected"], worked["tolerance"]


@pytest.mark.parametrize("name", ["W24", "W65"])
def test_by_type_the_returns_are_as_chance_would_have_them_and_p_is_exact(name: str) -> None:
    found, expected, tolerance = compared(name)

    assert (found.statistic, found.p) == pytest.approx((expected["X2"], expected["exact_p"]), abs=tolerance)
    assert (found.degrees, found.is_exact, found.differs) == (expected["df"], True, False)


@pytest.mark.parametrize(("name", "p_tolerance"), [("W25", 0.0005), ("W66", 0.0006)])
def test_by_region_they_are_not_and_the_residuals_say_where(name: str, p_tolerance: float) -> None:
    found, expected, tolerance = compared(name)
    order = worked_examples()[name]["inputs"]["order"]

    assert found.statistic == pytest.approx(expected["X2"], abs=tolerance)
    assert found.p == pytest.approx(expected["monte_carlo_p"], abs=p_tolerance)
    assert found.residuals == pytest.approx(expected["adjusted_residuals"], abs=tolerance)
    notable = [group for group, residual in zip(order, found.residuals, strict=True) if abs(residual) > 2]
    assert (notable, found.differs, found.is_exact) == (expected["flag_abs_residual_over_2"], True, False)


@pytest.mark.parametrize("name", ["W26", "W27", "W67", "W68"])
def test_evenness_and_the_worst_bias(name: str) -> None:
    found, expected, tolerance = compared(name)
    indicator = found.indicator

    reckoned = (indicator.r, indicator.spread, indicator.variation, indicator.worst_bias, indicator.rate)
    assert reckoned == pytest.approx(tuple(expected[key] for key in ("R", "S", "CV", "maxbias", "rho")), abs=tolerance)
    assert indicator.adjusted == pytest.approx(expected["R_adj"], abs=tolerance)


@pytest.mark.parametrize(("name", "low", "high"), [("W67", 0.68, 0.85), ("W68", 0.78, 0.95)])
def test_evenness_is_never_shown_without_what_random_silence_would_give(name: str, low: float, high: float) -> None:
    found, *_ = compared(name)

    assert (found.indicator.low, found.indicator.high) == pytest.approx((low, high), abs=0.005)


def test_w71_regional_rates() -> None:
    given, expected = worked_examples()["W71"]["inputs"], worked_examples()["W71"]["expected"]

    rates = [percent(part, whole) for part, whole in zip(given["returns"], given["population"], strict=True)]
    assert (rates, percent(given["all_returns"], given["N"])) == (expected["pct"], expected["england"])


@pytest.mark.parametrize("name", ["W65", "W24"])
def test_exact_and_simulated_agree(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found, *_ = compared(name)
    monkeypatch.setattr("analysis.core.representativeness.EXACT_GROUPS", 1)
    given = worked_examples()[name]["inputs"]
    # Another order of the groups is another set of counts, so that nothing remembered is given back.
    drawn = compare_returns(given["returns"][::-1], eligible=given["population"][::-1])

    assert drawn is not None
    assert not drawn.is_exact
    assert drawn.p == pytest.approx(found.p, abs=0.006)
    assert (drawn.indicator.low, drawn.indicator.high) == pytest.approx(
        (found.indicator.low, found.indicator.high), abs=0.005
    )


@pytest.mark.parametrize(("returns", "eligible"), [([], []), ([3], [5]), ([0, 0], [2, 3]), ([2, 3], [2, 3])])
def test_nothing_is_said_where_there_is_nothing_to_compare(returns: list[int], eligible: list[int]) -> None:
    assert compare_returns(returns, eligible=eligible) is None


def test_a_group_without_anybody_changes_nothing() -> None:
    with_empty = compare_returns([3, 0, 9], eligible=[10, 0, 12])
    without = compare_returns([3, 9], eligible=[10, 12])

    assert with_empty is not None
    assert without is not None
    assert (with_empty.p, with_empty.degrees) == (without.p, without.degrees)
    assert with_empty.residuals == (without.residuals[0], 0.0, without.residuals[1])


def test_the_same_returns_give_the_same_p() -> None:
    assert compare_returns([3, 9], eligible=[10, 12]) == compare_returns([3, 9], eligible=[10, 12])
