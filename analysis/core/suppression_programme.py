"""The integer programme of one piece of a system: the fewest cells to hide, then those with the smallest total."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
Matrix = Any  # scipy's sparse arrays; its stubs know their shapes less well than it does


@dataclass(frozen=True, eq=False)
class Piece:
    """Unknown counts that sums link: their names and true counts, and `matrix @ counts = right`."""

    names: tuple[str, ...]
    counts: Vector
    matrix: Matrix
    right: Vector


@dataclass(frozen=True, eq=False)
class Chosen:
    """The places to hide, and `tables`, a row for each other table that agrees with all that is left standing."""

    hidden: list[int]
    tables: Matrix


def choose(piece: Piece, *, needs: Mapping[int, int], free: Collection[int], whole: bool = True) -> Chosen | None:
    """Return the places to hide, those that need it and those that are free among them; None if nothing will do.

    `needs` is the room of each place that must be protected. The variables: one for each place, 1 if it is hidden;
    then the cells of two other tables, x and y, for each need p in turn, with x_p - y_p and x_p at least its room.
    """
    size, tables = len(piece.names), 2 * len(needs)
    places, rooms = np.array(list(needs)), np.array(list(needs.values()))
    above = size * (1 + 2 * np.arange(len(needs))) + places
    lower, upper = np.zeros(size * (1 + tables)), np.full(size * (1 + tables), np.inf)
    upper[:size] = 1
    lower[places], lower[list(free)], lower[above] = 1, 1, rooms
    cost = 1 + piece.counts / (piece.counts.sum() + 1)
    cost[list(free)] = 0
    found = milp(
        np.concatenate([cost, np.zeros(size * tables)]),
        constraints=[*_other_tables(piece, tables, most=2 * int(rooms.max())), _apart(above, size, tables, rooms)],
        integrality=np.concatenate([np.ones(size), np.full(size * tables, int(whole))]),
        bounds=Bounds(lower, upper),
    )
    if found.status != 0:
        return None
    return Chosen([place for place in range(size) if found.x[place] > 0.5], found.x[size:].reshape(tables, size))


def _other_tables(piece: Piece, tables: int, *, most: int) -> list[LinearConstraint]:
    """Each other table agrees with all sums, and differs from the counts only where they are hidden."""
    size = len(piece.names)
    ones, unit, each = np.ones((tables, 1)), sparse.eye_array(size), sparse.eye_array(tables)
    hide, cells = sparse.kron(ones, unit), sparse.kron(each, unit)
    free = sparse.hstack([sparse.coo_array((tables * piece.matrix.shape[0], size)), sparse.kron(each, piece.matrix)])
    wanted, true = np.tile(piece.right, tables), np.tile(piece.counts, tables)
    return [
        LinearConstraint(free, wanted, wanted),
        LinearConstraint(sparse.hstack([-most * hide, cells]), -np.inf, true),
        LinearConstraint(sparse.hstack([most * hide, cells]), true, np.inf),
    ]


def _apart(above: np.ndarray[Any, Any], size: int, tables: int, rooms: np.ndarray[Any, Any]) -> LinearConstraint:
    """The two tables of each need are far enough apart there."""
    turns = np.arange(len(above))
    signs = np.repeat([1.0, -1.0], len(above))
    places = np.concatenate([above, above + size])
    matrix = sparse.coo_array((signs, (np.tile(turns, 2), places)), shape=(len(above), size * (1 + tables)))
    return LinearConstraint(matrix, rooms.astype(float), np.inf)
