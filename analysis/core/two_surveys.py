"""Two surveys of different people, compared as two independent samples and in no other way."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import sqrt

import numpy as np

from analysis.core.intervals import wilson_interval


@dataclass(frozen=True, slots=True)
class Difference:
    """One share less another, also in whole points, with its interval and the p of no difference."""

    difference: float
    points: int
    low: float
    high: float
    p: float


@dataclass(frozen=True, slots=True)
class Ranks:
    """Whether one group's answers stand higher on an ordered scale than another's."""

    u: float
    p: float
    superiority: float


@dataclass(frozen=True, slots=True)
class ProportionalOdds:
    """How many times greater the odds of a better answer are in the first group, with what they were fitted as."""

    beta: float
    odds_ratio: float


@dataclass(frozen=True, slots=True)
class Family:
    """Tests declared together: their p values as adjusted, and how many fall below 0.05 before and after."""

    adjusted: tuple[float, ...]
    size: int
    unadjusted_below: int
    adjusted_below: int


def difference(
    counts: tuple[int, int], *, bases: tuple[int, int], populations: tuple[int, int] | None = None
) -> Difference:
    """Return x1/n1 - x2/n2 with Newcombe's hybrid score interval and Fisher's exact two-sided p.

    (p1 - p2) - sqrt((p1 - l1)² + (u2 - p2)²) to (p1 - p2) + sqrt((u1 - p1)² + (p2 - l2)²), where l and u are Wilson's
    limits, with the correction for finite populations only if populations are given. Source: Newcombe 1998, method 10.
    """
    from scipy.stats import fisher_exact  # noqa: PLC0415 -- loading it takes seconds, and most processes never need it

    first, second = (x / n for x, n in zip(counts, bases, strict=True))
    sizes = populations or (None, None)
    (l1, u1), (l2, u2) = (wilson_interval(x, n=n, population=N) for x, n, N in zip(counts, bases, sizes, strict=True))
    table = np.array([[x, n - x] for x, n in zip(counts, bases, strict=True)])
    return Difference(
        difference=first - second,
        points=points_of_change(counts, bases=bases),
        low=first - second - sqrt((first - l1) ** 2 + (u2 - second) ** 2),
        high=first - second + sqrt((u1 - first) ** 2 + (second - l2) ** 2),
        p=float(fisher_exact(table).pvalue),
    )


def points_of_change(counts: tuple[int, int], *, bases: tuple[int, int]) -> int:
    """Return the change in whole percentage points, rounded half up once and from the unrounded shares."""
    change = 100 * (Fraction(counts[0], bases[0]) - Fraction(counts[1], bases[1]))
    size = (2 * abs(change).numerator + change.denominator) // (2 * change.denominator)
    return size if change >= 0 else -size


def holm(p_values: Sequence[float]) -> Family:
    """Return the family adjusted so that the chance of any false alarm stays at 0.05. Source: Holm 1979.

    The i-th smallest of m values becomes the greatest of (m - j + 1) p_j for j <= i, and at most 1. Reckoned here,
    since the library that has it takes seconds to load; tests hold it to that library.
    """
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    raised = accumulate((min((len(order) - rank) * p_values[place], 1.0) for rank, place in enumerate(order)), max)
    adjusted = dict(zip(order, raised, strict=True))
    return _family(p_values, [float(adjusted[place]) for place in range(len(p_values))])


def benjamini_hochberg(p_values: Sequence[float]) -> Family:
    """Return the family adjusted so that 5% of alarms are expected to be false. Source: Benjamini, Hochberg 1995."""
    from scipy.stats import false_discovery_control  # noqa: PLC0415 -- as above

    return _family(p_values, [float(p) for p in false_discovery_control(p_values)] if p_values else [])


def mann_whitney(first: Sequence[int], second: Sequence[int]) -> Ranks:
    """Compare two groups counted by ordered options, the best first; don't know and not answered are left out before.

    U with average ranks for ties, normal p with tie and continuity correction, and U/(n1 n2): the chance that an
    answer of the first group is better than one of the second, ties counted half. Raises ValueError for an empty group.
    """
    from scipy.stats import mannwhitneyu  # noqa: PLC0415 -- as above

    _require_scales(first, second)
    found = mannwhitneyu(_scores(first), _scores(second), alternative="two-sided", method="asymptotic")
    return Ranks(float(found.statistic), float(found.pvalue), float(found.statistic) / (sum(first) * sum(second)))


def proportional_odds(first: Sequence[int], second: Sequence[int]) -> ProportionalOdds:
    """Fit the cumulative logit of a better answer on the group; counts by ordered options, the best first.

    Options that nobody chose in either group are dropped. Raises ValueError if fewer than two remain or nothing fits.
    Source: McCullagh 1980.
    """
    from statsmodels.miscmodels.ordinal_model import OrderedModel  # noqa: PLC0415 -- as above

    _require_scales(first, second)
    used = [(a, b) for a, b in zip(first, second, strict=True) if a + b]
    if len(used) < 2:
        raise ValueError("Everybody gave the same answer: there are no odds to compare.")
    ours, theirs = _scores([a for a, _ in used]), _scores([b for _, b in used])
    group = np.array([1.0] * len(ours) + [0.0] * len(theirs))
    model = OrderedModel(np.concatenate([ours, theirs]), group[:, None], distr="logit")
    fitted = model.fit(method="bfgs", disp=False)
    if not fitted.mle_retvals["converged"]:
        raise ValueError("The odds could not be fitted: one group's answers lie wholly above the other's.")
    beta = float(fitted.params[0])
    return ProportionalOdds(beta, float(np.exp(beta)))


def _family(p_values: Sequence[float], adjusted: Sequence[float]) -> Family:
    below = [sum(p < 0.05 for p in each) for each in (p_values, adjusted)]
    return Family(tuple(adjusted), len(p_values), below[0], below[1])


def _scores(counts: Sequence[int]) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """One number a respondent, higher for a better option."""
    return np.repeat(np.arange(len(counts), 0, -1), counts)


def _require_scales(first: Sequence[int], second: Sequence[int]) -> None:
    if len(first) != len(second):
        raise ValueError(f"The groups were asked on different scales: {len(first)} options and {len(second)}.")
    if not sum(first) or not sum(second):
        raise ValueError("A group without answers cannot be compared.")
