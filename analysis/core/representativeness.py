"""Whether those who answered differ from all who could have, group by group: Pearson's X², R-indicator, worst bias."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, prod, sqrt
from typing import Literal

import numpy as np

DRAWS, SEED = 100_000, 2012
NOTABLE_RESIDUAL, NOTABLE_P = 2.0, 0.05
EXACT_GROUPS, EXACT_TABLES = 4, 200_000
SHORT = 5_000  # below this many units, drawing by counting is twice as quick
RANGE = (0.05, 0.95)

Whole = np.ndarray[tuple[int, int], np.dtype[np.int64]]
Sizes = np.ndarray[tuple[int], np.dtype[np.int64]]
Real = np.ndarray[tuple[int], np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Indicator:
    """How evenly the groups answered: 1 is perfectly even; with what random silence would give, 5 to 95 per cent."""

    r: float
    spread: float
    rate: float
    adjusted: float
    low: float
    high: float

    @property
    def variation(self) -> float:
        """Return the spread of the rates as a share of the overall rate."""
        return self.spread / self.rate

    @property
    def worst_bias(self) -> float:
        """Return by how much, at the worst, the groups' rates may have shifted a share of boards."""
        return 0.5 * self.spread / self.rate


@dataclass(frozen=True, slots=True)
class Representativeness:
    """Pearson's statistic with its p value, exact or by simulation; the adjusted residual of each group; evenness."""

    statistic: float
    degrees: int
    p: float
    is_exact: bool
    residuals: tuple[float, ...]
    indicator: Indicator

    @property
    def differs(self) -> bool:
        """Whether the difference must be told before any finding."""
        return self.p < NOTABLE_P or any(abs(residual) > NOTABLE_RESIDUAL for residual in self.residuals)


def compare_returns(returns: Sequence[int], *, eligible: Sequence[int]) -> Representativeness | None:
    """Return how the returns of each group compare with random draws from those eligible; None if all or none answered.

    Pearson X² on returned and not returned; p from the multivariate hypergeometric distribution, which is what random
    silence in a closed list gives: every possible table for up to four small groups, seeded draws beyond; adjusted
    residuals (O - E) / sqrt(E (1 - n/N) (1 - N_h/N)). The same counts are reckoned once in a process.
    """
    found = [(number, size) for number, size in zip(returns, eligible, strict=True) if size]
    answered, everyone = sum(returns), sum(eligible)
    if len(found) < 2 or not 0 < answered < everyone:
        return None
    residuals = iter(_residual(number, size, answered=answered, everyone=everyone) for number, size in found)
    p, is_exact, indicator, statistic = _compared(tuple(n for n, _ in found), tuple(size for _, size in found))
    return Representativeness(
        statistic=statistic,
        degrees=len(found) - 1,
        p=p,
        is_exact=is_exact,
        residuals=tuple(next(residuals) if size else 0.0 for size in eligible),
        indicator=indicator,
    )


@lru_cache(maxsize=512)
def _compared(returns: tuple[int, ...], eligible: tuple[int, ...]) -> tuple[float, bool, Indicator, float]:
    """What takes long, once for each set of counts: p, whether it is exact, the indicator, the statistic."""
    sizes, found = np.array(eligible, dtype=np.int64), np.array([returns])
    every = _every_table(sizes, sum(returns))
    statistic = float(_statistic(found, sizes)[0])
    by_chance = _statistic(every[0] if every else _drawn_tables(sizes, sum(returns)), sizes)
    as_far = by_chance >= statistic - 1e-9
    p = float(every[1][as_far].sum()) if every else float((as_far.sum() + 1) / (DRAWS + 1))
    lowest, highest = _percentiles(by_chance, every[1] if every else None)
    indicator = _indicator(found, sizes, statistic=statistic, by_chance=(lowest, highest))
    return p, every is not None, indicator, statistic


def _drawn_tables(sizes: Sizes, answered: int) -> Whole:
    """Returns by group as random silence would give them, from a fixed seed, each as likely as the others."""
    method: Literal["count", "marginals"] = "count" if sizes.sum() < SHORT else "marginals"
    generator = np.random.default_rng(SEED)
    return generator.multivariate_hypergeometric(sizes, answered, size=DRAWS, method=method)


def _every_table(sizes: Sizes, answered: int) -> tuple[Whole, Real] | None:
    """All tables that are possible, with the chance of each; None where they are too many."""
    shape = [int(min(size, answered)) + 1 for size in sizes[:-1]]
    if len(sizes) > EXACT_GROUPS or prod(shape) > EXACT_TABLES:
        return None
    firsts = np.indices(shape).reshape(len(shape), -1).T
    last = answered - firsts.sum(axis=1)
    is_possible = (last >= 0) & (last <= sizes[-1])
    tables: Whole = np.column_stack([firsts, last])[is_possible]
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, int(sizes.sum()) + 1)))])  # of factorials
    ways = sum((logs[size] - logs[column] - logs[size - column]) for size, column in zip(sizes, tables.T, strict=True))
    everyone = int(sizes.sum())
    chances: Real = np.exp(ways - (logs[everyone] - logs[answered] - logs[everyone - answered]))
    return tables, chances


def _percentiles(values: Real, chances: Real | None) -> tuple[float, float]:
    """The values that 5 and 95 per cent do not pass; without chances each value is as likely as the others."""
    if chances is None:
        places = [ceil(each * len(values)) - 1 for each in RANGE]
        low, high = np.partition(values, places)[places]
        return float(low), float(high)
    order = np.argsort(values)
    reached = np.cumsum(chances[order])
    low, high = (values[order[min(int(np.searchsorted(reached, each)), len(order) - 1)]] for each in RANGE)
    return float(low), float(high)


def _indicator(found: Whole, sizes: Sizes, *, statistic: float, by_chance: tuple[float, float]) -> Indicator:
    """R = 1 - 2S with S² = sum N_h (rho_h - rho)² / (N - 1); adjusted, S² less the sampling noise of the rates.

    Since X² = sum N_h (rho_h - rho)² / (rho (1 - rho)), each X² by chance tells its S too: the greater the one, the
    greater the other, and the smaller R.
    """
    everyone, rates = int(sizes.sum()), found[0] / sizes
    rate = float(found.sum()) / everyone
    spread, least, most = (sqrt(each * rate * (1 - rate) / (everyone - 1)) for each in (statistic, *by_chance))
    noise = sizes / (everyone - 1) * rates * (1 - rates) / np.maximum(sizes - 1, 1) * (1 - sizes / everyone)
    return Indicator(
        r=1 - 2 * spread,
        spread=spread,
        rate=rate,
        adjusted=1 - 2 * sqrt(max(spread**2 - float(noise.sum()), 0.0)),
        low=1 - 2 * most,
        high=1 - 2 * least,
    )


def _statistic(returns: Whole, sizes: Sizes) -> Real:
    """Both rows of the table at once: what returns exceed their expectation by, the silent fall short of theirs.

    Group by group from the squares of every number it can have, which is far less than there are rows.
    """
    expected = sizes * (int(returns[0].sum()) / int(sizes.sum()))
    parts = 1 / expected + 1 / (sizes - expected)
    total: Real = np.zeros(len(returns))
    for group, size in enumerate(sizes):
        possible = (np.arange(size + 1) - expected[group]) ** 2 * parts[group]
        total += possible[returns[:, group]]
    return total


def _residual(number: int, size: int, *, answered: int, everyone: int) -> float:
    expected = size * answered / everyone
    return (number - expected) / sqrt(expected * (1 - answered / everyone) * (1 - size / everyone))
