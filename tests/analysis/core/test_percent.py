"""Whole percentages: half up, with integers, on every base that matters."""

from fractions import Fraction
from math import floor

import pytest

from analysis.core.percent import percent

pytestmark = pytest.mark.pure


def test_percent_rounds_half_up_on_every_base_up_to_500() -> None:
    wrong = [
        (k, n)
        for n in range(1, 501)
        for k in range(n + 1)
        if percent(k, n) != floor(Fraction(100 * k, n) + Fraction(1, 2))
    ]
    assert wrong == []


@pytest.mark.parametrize(("k", "n", "expected"), [(57, 200, 29), (1, 8, 13), (5, 8, 63), (10, 80, 13), (0, 1, 0)])
def test_percent_rounds_ties_up(k: int, n: int, expected: int) -> None:
    assert percent(k, n) == expected


def test_percent_is_exact_where_a_float_is_not() -> None:
    assert percent(10**17 + 1, 2 * 10**17) == 50
    assert percent(5 * 10**15 - 1, 10**18) == 0
    assert percent(5 * 10**15, 10**18) == 1


@pytest.mark.parametrize(("k", "n"), [(0, 0), (1, 0), (1, -1), (-1, 10)])
def test_percent_refuses_what_is_no_share(k: int, n: int) -> None:
    with pytest.raises(ValueError, match="A percentage needs"):
        percent(k, n)
