"""Weights that make the boards that answered look like all boards, and whether they may be used."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

SMALLEST_CELL, LARGEST_WEIGHT, LARGEST_DESIGN_EFFECT = 5, 3.0, 1.5
TOLERANCE, ROUNDS = 1e-8, 1_000


class NotConverged(ValueError):
    """Raking did not come to the margins it was given."""


@dataclass(frozen=True, slots=True)
class Weights:
    """One weight a stratum, with what weighting costs."""

    weights: tuple[float, ...]
    returns: tuple[int, ...]

    @property
    def design_effect(self) -> float:
        """Kish's n Σw² / (Σw)² over the boards that answered."""
        squares = sum(n * w * w for n, w in zip(self.returns, self.weights, strict=True))
        total = sum(n * w for n, w in zip(self.returns, self.weights, strict=True))
        return sum(self.returns) * squares / total**2

    @property
    def effective_size(self) -> float:
        """The number of unweighted returns that would tell as much."""
        return sum(self.returns) / self.design_effect

    @property
    def refusals(self) -> tuple[str, ...]:
        """Why these weights may not be used, in sentences; none if they may."""
        smallest = min(self.returns)
        small = (f"A stratum has {smallest} returns, fewer than {SMALLEST_CELL}.",) if smallest < SMALLEST_CELL else ()
        return (*small, *self.too_dear)

    @property
    def too_dear(self) -> tuple[str, ...]:
        """Why these weights cost more than they are worth, in sentences; none if they do not."""
        heaviest, effect = max(self.weights), self.design_effect
        return (
            *(
                (f"One return would count as {heaviest:.2f} boards’ average, more than {LARGEST_WEIGHT:g}.",)
                if heaviest > LARGEST_WEIGHT
                else ()
            ),
            *(
                (f"The design effect is {effect:.2f}, more than {LARGEST_DESIGN_EFFECT}.",)
                if effect > LARGEST_DESIGN_EFFECT
                else ()
            ),
        )


@dataclass(frozen=True, slots=True)
class WeightedShare:
    """A share before and after weighting, and the standard error of the weighted one."""

    unweighted: float
    weighted: float
    se: float

    @property
    def shift_points(self) -> float:
        """By how many percentage points weighting moves the share."""
        return 100 * (self.weighted - self.unweighted)


def post_stratify(returns: Sequence[int], *, population: Sequence[int]) -> Weights:
    """Return w_h = (N_h / N) / (n_h / n): mean one over the boards that answered.

    Raises ValueError for a stratum that no board answered for (merge it first) or with more returns than boards.
    """
    _require_strata(returns, population)
    n, everyone = sum(returns), sum(population)
    weights = tuple(size / everyone * n / number for number, size in zip(returns, population, strict=True))
    return Weights(weights, tuple(returns))


def weighted_share(counts: Sequence[int], *, returns: Sequence[int], population: Sequence[int]) -> WeightedShare:
    """Return the post-stratified share with its standard error.

    Σ W_h p_h with W_h = N_h / N; variance Σ W_h² (1 - n_h/N_h) p_h(1 - p_h)/(n_h - 1). Raises ValueError for a stratum
    with fewer than two returns that is not complete.
    """
    _require_strata(returns, population)
    everyone = sum(population)
    weighted = variance = 0.0
    for k, n, size in zip(counts, returns, population, strict=True):
        share, p = size / everyone, k / n
        weighted += share * p
        if n < size:
            if n < 2:
                raise ValueError("A stratum with one return has no variance: merge it with another.")
            variance += share**2 * (1 - n / size) * p * (1 - p) / (n - 1)
    return WeightedShare(sum(counts) / sum(returns), weighted, sqrt(variance))


def rake(
    sample: Sequence[Sequence[float]], *, rows: Sequence[float], columns: Sequence[float]
) -> tuple[tuple[float, ...], ...]:
    """Fit a two-way table to both margins by turns, to within 1e-8. Source: Deming and Stephan 1940.

    Raises ValueError if the margins do not add to the same, or a line that should hold boards is empty; NotConverged if
    the margins cannot be reached.
    """
    table = np.array(sample, dtype=float)
    wanted = (np.array(rows, dtype=float), np.array(columns, dtype=float))
    if abs(wanted[0].sum() - wanted[1].sum()) > TOLERANCE:
        raise ValueError(f"The margins differ: {wanted[0].sum():g} by rows, {wanted[1].sum():g} by columns.")
    if any(((table.sum(axis=1 - axis) == 0) & (wanted[axis] > 0)).any() for axis in (0, 1)):
        raise ValueError("A stratum has boards but no returns: merge it with another first.")
    for _ in range(ROUNDS):
        for axis in (0, 1):
            sums = table.sum(axis=1 - axis)
            factors = np.divide(wanted[axis], sums, out=np.zeros_like(sums), where=sums > 0)
            table = table * (factors[:, None] if axis == 0 else factors[None, :])
        if abs(table.sum(axis=1) - wanted[0]).max() < TOLERANCE:
            return tuple(tuple(float(cell) for cell in row) for row in table)
    raise NotConverged("The two margins cannot both be reached from these returns: weight by one of them only.")


def clustering_design_effect(sizes: Sequence[int]) -> float:
    """Return the largest design effect of chairs who answered for several boards, Σm² / Σm at full agreement."""
    if not sizes or min(sizes) < 1:
        raise ValueError("Each chair answered for at least one board.")
    return sum(size * size for size in sizes) / sum(sizes)


def _require_strata(returns: Sequence[int], population: Sequence[int]) -> None:
    for place, (number, size) in enumerate(zip(returns, population, strict=True), start=1):
        if number <= 0:
            raise ValueError(f"Stratum {place} has no return: merge it with another before weighting.")
        if number > size:
            raise ValueError(f"Stratum {place} has {number} returns from {size} boards.")
