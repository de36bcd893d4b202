"""Counts of a cube among any set of its boards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from analysis.core.cube import LOWEST, STRATA, Counts, Cube
from analysis.core.release.groups import EVERYONE, Group
from analysis.core.release.questions import Answer

Pair = tuple[str, str]  # authority type and region


@dataclass(frozen=True)
class Boards:
    """Some of the boards, by the places of their strata in the cube, under a name."""

    name: str
    places: frozenset[int]


@dataclass(frozen=True, eq=False)
class Counting:
    """A cube, counted for groups of boards and for the smallest parts that groups of several breakdowns share."""

    cube: Cube

    @cached_property
    def everyone(self) -> Boards:
        return Boards(EVERYONE, frozenset(range(self._returns.size)))

    def boards(self, group: Group) -> Boards:
        """Return the boards of a group."""
        levels = self.cube.levels[STRATA.index(group.stratum)]
        wanted = [place for place, level in enumerate(levels) if level in group.levels]
        axis = STRATA.index(group.stratum)
        grid = np.indices(self.cube.returns.shape)[axis].ravel()
        return Boards(group.name, frozenset(np.flatnonzero(np.isin(grid, wanted)).tolist()))

    def parts(self, groups: Sequence[Boards]) -> tuple[Boards, ...]:
        """Return the boards that made a return, parted so that each group is made of whole parts."""
        found: dict[tuple[str, ...], set[int]] = {}
        for place in np.flatnonzero(self._returns).tolist():
            found.setdefault(tuple(group.name for group in groups if place in group.places), set()).add(place)
        whole = {group.name: group.places & self._answered for group in groups}
        return tuple(_part(names, frozenset(places), whole) for names, places in sorted(found.items()))

    def returns(self, boards: Boards) -> int:
        """Return how many of these boards made a return."""
        return int(self._returns[list(boards.places)].sum())

    def count(self, answer: Answer, boards: Boards) -> int:
        """Return how many of these boards gave this answer."""
        return int(self._codes(answer)[list(boards.places)].sum())

    def together(self, one: Answer, other: Answer) -> int:
        """Return how many of all boards gave both answers; their items were joined in the cube."""
        joint = self.cube.joint.get((one.item, other.item))
        table = self.cube.joint[other.item, one.item].T if joint is None else joint
        rows, columns = ([code - LOWEST for code in each.codes] for each in (one, other))
        return int(table[np.ix_(rows, columns)].sum())

    @cached_property
    def _returns(self) -> Counts:
        return self.cube.returns.ravel()

    @cached_property
    def _answered(self) -> frozenset[int]:
        return frozenset(np.flatnonzero(self._returns).tolist())

    @cached_property
    def _known(self) -> dict[Answer, Counts]:
        return {}

    def _codes(self, answer: Answer) -> Counts:
        if answer not in self._known:
            counts = self.cube.answers_to(answer.item)
            width = counts.shape[-1]
            columns = [code - LOWEST for code in answer.codes if code - LOWEST < width]
            self._known[answer] = counts[..., columns].sum(axis=-1).ravel()
        return self._known[answer]


def _part(names: tuple[str, ...], places: frozenset[int], whole: Mapping[str, frozenset[int]]) -> Boards:
    """A part that is a whole group bears its name, so that both are one count."""
    same = [name for name in names if whole[name] == places]
    return Boards(same[0] if same else f"part of {' and '.join(names)}", places)
