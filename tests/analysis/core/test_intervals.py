"""Exact intervals against a second implementation; Wilson's against the root of the equation it solves."""

from collections.abc import Iterable
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.stats import hypergeom, norm

from analysis.core.intervals import exact_interval, wilson_interval
from tests.analysis.core.tails import differing

pytestmark = pytest.mark.pure

Z = float(norm.ppf(0.975))


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int, int]:
    population = draw(st.integers(1, 200))
    n = draw(st.integers(1, population))
    return draw(st.integers(0, n)), n, population


def by_tails(x: int, n: int, population: int) -> tuple[int, int]:
    """The limits by scipy's tails at every possible number of boards."""
    ks = np.arange(x, population - n + x + 1)
    above, below = hypergeom.sf(x - 1, population, ks, n), hypergeom.cdf(x, population, ks, n)
    return int(ks[above > 0.025 + 1e-12].min()), int(ks[below > 0.025 + 1e-12].max())


@given(counts())
def test_exact_limits_are_those_of_the_tails(case: tuple[int, int, int]) -> None:
    x, n, population = case
    found = exact_interval(x, n=n, population=population)
    assert (found.low_count, found.high_count) == by_tails(x, n, population)


@pytest.mark.parametrize("populations", [range(1, 31), (57,), (100,), (148,)], ids=["to 30", "57", "100", "148"])
def test_every_case_agrees_with_the_second_implementation(populations: Iterable[int]) -> None:
    """All populations up to 200 take minutes: `python -m bench.intervals`."""
    assert [case for population in populations for case in differing(population)] == []


def test_a_large_population_goes_by_floats_to_the_same_limits() -> None:
    found = exact_interval(440, n=570, population=1_480)
    assert (found.low_count, found.high_count) == by_tails(440, 570, 1_480)


@given(counts().filter(lambda case: 0 < case[0] < case[1] < case[2]))
def test_wilson_s_limits_solve_the_score_equation(case: tuple[int, int, int]) -> None:
    x, n, population = case
    p, correction = x / n, (population - n) / (population - 1)

    def score(share: float) -> float:
        return abs(p - share) - Z * sqrt(share * (1 - share) / n * correction)

    low, high = wilson_interval(x, n=n, population=population)

    assert low == pytest.approx(max(brentq(score, 0, p), x / population), abs=1e-9)
    assert high == pytest.approx(min(brentq(score, p, 1), (x + population - n) / population), abs=1e-9)


@pytest.mark.parametrize(("x", "n", "population"), [(-1, 5, 9), (6, 5, 9), (0, 0, 9), (1, 10, 9)])
def test_impossible_counts_are_refused(x: int, n: int, population: int) -> None:
    with pytest.raises(ValueError, match="An interval needs"):
        exact_interval(x, n=n, population=population)
