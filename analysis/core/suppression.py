"""Which counts must be hidden besides those that need protection, and what can still be deduced of each of them.

A system is a set of counts and of the sums between them, whatever tables they stand in: margins, a region that is two
regions of another table, an earlier release. Hiding is decided and audited over all of them together; parts that no
unknown count links are taken one by one, which changes nothing but the time.
"""

from collections.abc import Collection, Iterator, Mapping
from itertools import groupby
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse.csgraph import connected_components

from analysis.core.count_systems import ROOM, CannotProtect, CountSystem, Range
from analysis.core.suppression_programme import Chosen, Piece, choose

Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
Matrix = Any  # scipy's sparse arrays; its stubs know their shapes less well than it does

ENDLESS = 10**9
NEARLY_WHOLE = 1e-6


def hidden_ranges(
    system: CountSystem,
    *,
    hidden: Collection[str],
    unpublished: Collection[str] = (),
    of: Collection[str] | None = None,
) -> dict[str, Range]:
    """Return what can be deduced of each hidden count (or of those in `of`) from all that is published.

    `unpublished` are counts that stand in no table and yet bind those that do: they are unknown as well.
    """
    wanted = frozenset(hidden if of is None else of)
    found: dict[str, Range] = {}
    for piece in _pieces(system, unknown={*hidden, *unpublished}):
        others = _Others(piece)
        found |= {name: others.range(place) for place, name in enumerate(piece.names) if name in wanted}
    return dict(sorted(found.items()))


def weak_cells(
    system: CountSystem,
    *,
    hidden: Collection[str],
    primary: Collection[str],
    unpublished: Collection[str] = (),
    room: Mapping[str, int] | None = None,
) -> dict[str, Range]:
    """The audit: the primary cells whose range is narrower than their room or stays below it; none if all is well.

    A primary cell that is not hidden has the range of what is printed.
    """
    found = {name: Range(system.counts[name], system.counts[name]) for name in primary}
    rooms = {name: (room or {}).get(name, ROOM) for name in primary}
    for piece in _pieces(system, unknown={*hidden, *unpublished}):
        others = _Others(piece)
        for place, name in enumerate(piece.names):
            if name in rooms:
                found[name] = others.range(place, enough=rooms[name])
    return {name: found[name] for name in sorted(primary) if not found[name].has(rooms[name])}


def secondary_cells(
    system: CountSystem,
    *,
    primary: Collection[str],
    candidates: Collection[str],
    unpublished: Collection[str] = (),
    room: Mapping[str, int] | None = None,
) -> frozenset[str]:
    """Return the cells to hide besides the primary ones: fewest, then smallest total, so that the audit passes.

    An integer programme: a cell may differ from its count in some other table that agrees with all that is published
    only if it is hidden; for each primary cell there must be such tables at least its room apart and reaching it.
    What is unpublished costs nothing. Raises CannotProtect if hiding all candidates would not do.
    Source: Fischetti and Salazar 2001.
    """
    chosen: set[str] = set()
    for piece in _pieces(system, unknown={*primary, *candidates, *unpublished}):
        needs = {place: (room or {}).get(name, ROOM) for place, name in enumerate(piece.names) if name in primary}
        if not needs:
            continue
        free = [place for place, name in enumerate(piece.names) if name in unpublished]
        made = choose(piece, needs=needs, free=free, whole=False)
        if made is not None and not _protects(piece, made, needs):
            made = choose(piece, needs=needs, free=free, whole=True)
        if made is None:
            raise CannotProtect([piece.names[place] for place in needs])
        chosen |= {piece.names[place] for place in made.hidden}
    return frozenset(chosen) - {*primary, *unpublished}


def _protects(piece: Piece, chosen: Chosen, needs: Mapping[int, int]) -> bool:
    """Whether the choice, made over all numbers, is enough over whole ones.

    It brings the tables that prove it along; mostly they are of whole numbers already.
    """
    hidden = chosen.hidden
    known = np.setdiff1d(np.arange(len(piece.names)), hidden)
    right = piece.right - piece.matrix[:, known] @ piece.counts[known]
    names = tuple(piece.names[place] for place in hidden)
    others = _Others(Piece(names, piece.counts[hidden], piece.matrix[:, hidden], right))
    for table in chosen.tables:
        others.see(table[hidden])
    return all(others.range(hidden.index(place), enough=room).has(room) for place, room in needs.items())


class _Others:
    """The tables of whole numbers from nought that agree with all that is published of a piece."""

    def __init__(self, piece: Piece) -> None:
        self._piece = piece
        self._constraint = LinearConstraint(piece.matrix, piece.right, piece.right)
        self._low = self._high = piece.counts

    def see(self, table: Vector) -> None:
        """Take note of such a table, if it is one: what it shows to be possible need not be looked for."""
        whole = np.round(table)
        is_whole = np.abs(table - whole).max() <= NEARLY_WHOLE and whole.min() >= 0
        if is_whole and np.array_equal(self._piece.matrix @ whole, self._piece.right):
            self._low, self._high = np.minimum(self._low, whole), np.maximum(self._high, whole)

    def range(self, place: int, *, enough: int | None = None) -> Range:
        """Return between which numbers the count lies; any range that has room `enough` may do for the whole one."""
        seen = Range(round(self._low[place]), round(self._high[place]))
        if enough is not None and seen.has(enough):
            return seen
        low, high = (self._least(place, sign) for sign in (1, -1))
        return Range(round(low), round(-high) if np.isfinite(high) else ENDLESS)

    def _least(self, place: int, sign: int) -> float:
        """The least value of a count, or of its opposite, over whole numbers from nought; -inf where it has no end.

        Mostly the least value over all numbers is at whole ones, which is known at a fraction of the cost.
        """
        goal = np.zeros(len(self._piece.names))
        goal[place] = sign
        found = milp(goal, constraints=self._constraint, bounds=Bounds(0, np.inf))
        if found.status == 0 and np.abs(found.x - np.round(found.x)).max() > NEARLY_WHOLE:
            every = np.ones(len(goal), dtype=int)
            found = milp(goal, constraints=self._constraint, integrality=every, bounds=Bounds(0, np.inf))
        if found.status != 0:
            return -np.inf
        self.see(found.x)
        return float(found.fun)


def _pieces(system: CountSystem, *, unknown: Collection[str]) -> Iterator[Piece]:
    """Yield the unknown counts in groups that no sum links, each with the equations that bind it."""
    names = sorted(unknown)
    if not names:
        return
    matrix, right = _equations(system, names)
    _, labels = connected_components(abs(matrix).T @ abs(matrix), directed=False)
    for _, members in groupby(sorted(range(len(names)), key=lambda place: labels[place]), key=lambda one: labels[one]):
        places = list(members)
        part = matrix[:, places]
        rows = np.flatnonzero(np.diff(part.tocsr().indptr))
        counts = np.array([system.counts[names[place]] for place in places], dtype=float)
        yield Piece(tuple(names[place] for place in places), counts, part.tocsr()[rows], right[rows])


def _equations(system: CountSystem, names: list[str]) -> tuple[Matrix, Vector]:
    """Each sum with its published counts moved to the right: what is left binds the named cells."""
    places = {name: place for place, name in enumerate(names)}
    entries: list[tuple[int, int, int]] = []
    right: list[int] = []
    for each in system.sums:
        terms = [(each.total, -1), *((part, 1) for part in each.parts)]
        inside = [(len(right), places[name], sign) for name, sign in terms if name in places]
        if inside:
            entries += inside
            right.append(-sum(sign * system.counts[name] for name, sign in terms if name not in places))
    rows, columns, signs = np.array(entries, dtype=int).reshape(-1, 3).T
    matrix = sparse.csc_array((signs.astype(float), (rows, columns)), shape=(len(right), len(names)))
    return matrix, np.array(right, dtype=float)
