"""The boards that could answer, by type and region: the N of every rate, interval and weight; frozen with the data.

Counts are boards and authorities; nothing is computed but sums. Rules M1, M2 and M7.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from analysis.core.cube import STRATA
from analysis.core.release.participation import Frame
from analysis.core.shape import Population

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Eligible:
    """How many eligible boards, and authorities of them, there are of each type in each region."""

    boards: Mapping[Pair, int]
    authorities: Mapping[Pair, int]
    not_eligible: int = 0

    @property
    def population(self) -> Population:
        """Return the same by one stratum at a time."""
        return Population(_by_stratum(self.boards), _by_stratum(self.authorities), self.not_eligible)

    @property
    def frame(self) -> Frame:
        """Return the boards alone."""
        return Frame(self.boards)


def written(found: Eligible) -> dict[str, Any]:
    """Return it in plain values; equal ones are written alike."""
    return {
        "boards": _lines(found.boards),
        "authorities": _lines(found.authorities),
        "not_eligible": found.not_eligible,
    }


def read(kept: Mapping[str, Any]) -> Eligible:
    """Return what was written."""
    return Eligible(_pairs(kept["boards"]), _pairs(kept["authorities"]), kept["not_eligible"])


def _lines(counts: Mapping[Pair, int]) -> list[list[str | int]]:
    return [[*pair, number] for pair, number in sorted(counts.items())]


def _pairs(lines: Iterable[tuple[str, str, int]]) -> dict[Pair, int]:
    return {(type_, region): number for type_, region, number in lines}


def _by_stratum(counts: Mapping[Pair, int]) -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = {name: Counter() for name in STRATA}
    for pair, number in sorted(counts.items()):
        for name, level in zip(STRATA, pair, strict=True):
            found[name][level] += number
    return {name: dict(levels) for name, levels in found.items()}
