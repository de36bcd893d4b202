"""Counts with the sums between them, and what can be deduced of one that is hidden."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

ROOM = 3  # how wide the range of a protected count must be, and what it must reach


class CannotProtect(ValueError):
    """No choice of cells protects what must be protected: merge rows, or publish fewer totals. Names the counts."""

    def __init__(self, cells: Collection[str]) -> None:
        super().__init__("No choice of hidden cells protects these counts: merge rows or publish fewer totals.")
        self.cells = tuple(sorted(cells))


@dataclass(frozen=True, slots=True)
class Sum:
    """One count that is the sum of others."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """Between which whole numbers a hidden count must lie, for somebody who knows everything that is published."""

    low: int
    high: int

    def has(self, room: int) -> bool:
        """Whether it is at least so wide and reaches so high."""
        return self.high - self.low >= room and self.high >= room


@dataclass(frozen=True)
class CountSystem:
    """Counts by name and every sum that holds between them."""

    counts: Mapping[str, int]
    sums: tuple[Sum, ...]

    def __post_init__(self) -> None:
        """Raises ValueError for a sum that does not hold: its cells would protect nothing."""
        for each in self.sums:
            if self.counts[each.total] != sum(self.counts[part] for part in each.parts):
                raise ValueError(f"{each.total} is not the sum of {', '.join(each.parts)}.")
