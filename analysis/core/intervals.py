"""Intervals for a share of a closed list of boards, some of which answered.

An interval answers one question only: what if the silent boards were a random draw? If not, see `bounds`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import comb, sqrt
from statistics import NormalDist

CONFIDENCE = Fraction(95, 100)
LARGEST_IN_INTEGERS = 1_000  # above this the integers have thousands of digits, and floats lose nothing that shows
SMALL_DRAW = 50  # so few draws keep the integers short in any population


@dataclass(frozen=True, slots=True)
class ExactInterval:
    """How many boards of the population may have the property, and so which share of them."""

    low_count: int
    high_count: int
    population: int

    @property
    def low(self) -> float:
        """The lower limit as a share of the population."""
        return self.low_count / self.population

    @property
    def high(self) -> float:
        """The upper limit as a share of the population."""
        return self.high_count / self.population

    @property
    def is_point(self) -> bool:
        """Whether every board answered, so that nothing is uncertain."""
        return self.low_count == self.high_count


def exact_interval(x: int, *, n: int, population: int, confidence: Fraction = CONFIDENCE) -> ExactInterval:
    """Return the exact interval for the number K of boards with the property, when x of n that answered have it.

    Over K in [x, N - n + x]: the lowest K with P(X >= x | K) > a/2 and the highest with P(X <= x | K) > a/2, where
    X ~ hypergeometric(N, K, n) and a = 1 - confidence; whole numbers and fractions only, up to a population of 1,000
    or a base of 50. Raises ValueError unless 0 <= x <= n <= population and n > 0. (Inversion of the one-sided tests.)
    """
    _require_counts(x, n, population)
    tail = (1 - confidence) / 2
    low, high = x, population - n + x
    return ExactInterval(
        low_count=_first(low, high, lambda k: _at_least(x, n=n, k=k, population=population) > tail),
        high_count=population - _first(
            population - high, population - low, lambda k: _at_least(n - x, n=n, k=k, population=population) > tail
        ),
        population=population,
    )  # fmt: skip


def wilson_interval(
    x: float, *, n: float, population: int | None = None, confidence: Fraction = CONFIDENCE
) -> tuple[float, float]:
    """Return Wilson's score interval for a share, with the correction for a finite population if there is one.

    g = (N - n)/(N - 1), Z = z²g, p = x/n: (p + Z/2n ± sqrt(Z) sqrt(p(1 - p)/n + Z/4n²)) / (1 + Z/n), clipped to what
    is possible, [x/N, (x + N - n)/N]. x and n may be weighted (n an effective size). Source: O'Neill 2021. Raises
    ValueError unless 0 <= x <= n, n > 0 and n <= population.
    """
    _require_counts(x, n, population if population is not None else n)
    z = NormalDist().inv_cdf(1 - float(1 - confidence) / 2)
    correction = 1.0 if population is None else (population - n) / (population - 1) if population > 1 else 0.0
    spread, p = z * z * correction, x / n
    half = sqrt(spread) * sqrt(p * (1 - p) / n + spread / (4 * n * n))
    centre, scale = p + spread / (2 * n), 1 + spread / n
    lowest, highest = (0.0, 1.0) if population is None else (x / population, (x + population - n) / population)
    return max((centre - half) / scale, lowest), min((centre + half) / scale, highest)


def margin_of_error(n: int, *, population: int, confidence: Fraction = CONFIDENCE) -> float:
    """Return the half-width at a share of one half, z sqrt(0.25/n (N - n)/(N - 1)): for a technical annex only."""
    _require_counts(0, n, population)
    correction = (population - n) / (population - 1) if population > 1 else 0.0
    return NormalDist().inv_cdf(1 - float(1 - confidence) / 2) * sqrt(0.25 / n * correction)


def _require_counts(x: float, n: float, population: float) -> None:
    if not 0 <= x <= n or n <= 0 or n > population:
        raise ValueError(f"An interval needs 0 <= x <= n <= N and n above zero, not x={x}, n={n}, N={population}.")


def _at_least(x: int, *, n: int, k: int, population: int) -> Fraction | float:
    """P(X >= x) for a draw of n from a population of which k have the property."""
    if population > LARGEST_IN_INTEGERS and n > SMALL_DRAW:
        from scipy.stats import hypergeom  # noqa: PLC0415 -- loading it takes seconds, and most processes never need it

        return float(hypergeom.sf(x - 1, population, k, n))
    ways = sum(comb(k, j) * comb(population - k, n - j) for j in range(max(x, n - population + k), min(n, k) + 1))
    return Fraction(ways, comb(population, n))


def _first(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """The lowest whole number in the range for which a condition holds that, once it holds, goes on holding."""
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low
