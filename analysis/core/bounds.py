"""What is certain whatever the silent boards think."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """The shares of all boards between which the truth must lie."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class TippingPoint:
    """How many of the silent boards would have to have the property for a majority of all boards to have it."""

    needed: int
    silent: int

    @property
    def share(self) -> float:
        """The number needed as a share of the silent; 0 where nobody is silent."""
        return self.needed / self.silent if self.silent else 0.0

    @property
    def is_possible(self) -> bool:
        """Whether the silent boards could make up a majority at all."""
        return self.needed <= self.silent


def worst_case_bounds(x: int, *, n: int, population: int) -> Bounds:
    """Return x/N and (x + N - n)/N: every silent board might answer either way. Source: Manski."""
    _require(x, n, population)
    return Bounds(x / population, (x + population - n) / population)


def tipping_point(x: int, *, n: int, population: int) -> TippingPoint:
    """Return how many silent boards must join x for a strict majority of all: floor(N/2) + 1 - x, no less than 0."""
    _require(x, n, population)
    return TippingPoint(max(population // 2 + 1 - x, 0), population - n)


def _require(x: int, n: int, population: int) -> None:
    if not 0 <= x <= n <= population or population == 0:
        raise ValueError(f"Bounds need 0 <= x <= n <= N and N above zero, not x={x}, n={n}, N={population}.")
