"""Which cells of published tables must be hidden so that no board's answer can be worked out, and proof that they are.

A release is a set of counts and of the sums between them, whatever tables they stand in: margins, a region that is two
regions of another table, an earlier release. Hiding is decided and audited over all of them together.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

Matrix = Any  # scipy's sparse arrays; its stubs know their shapes less well than it does
Vector = np.ndarray[tuple[int], np.dtype[np.float64]]

LARGEST_PRIMARY, WIDTH, REACH = 2, 3, 3
SMALLEST_BASE, SMALLEST_DIFFERENCE, FEWEST_CONTRIBUTORS = 10, 10, 3


class CannotProtect(ValueError):
    """No choice of cells protects what must be protected: merge rows, or publish fewer totals."""


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


@dataclass(frozen=True)
class Release:
    """Counts by name and every sum that holds between them."""

    counts: Mapping[str, int]
    sums: tuple[Sum, ...]

    def __post_init__(self) -> None:
        """Raises ValueError for a sum that does not hold: its cells would protect nothing."""
        for each in self.sums:
            if self.counts[each.total] != sum(self.counts[part] for part in each.parts):
                raise ValueError(f"{each.total} is not the sum of {', '.join(each.parts)}.")


def primary_cells(counts: Mapping[str, int], *, largest: int = LARGEST_PRIMARY) -> frozenset[str]:
    """Return the cells with counts from 1 to the largest that is hidden."""
    return frozenset(name for name, count in counts.items() if 1 <= count <= largest)


def must_hide_row(counts: Sequence[int]) -> bool:
    """Whether a row tells what each of its boards said: too few boards, or all of them in one cell."""
    base = sum(counts)
    return 0 < base and (base < SMALLEST_BASE or max(counts) == base)


def hidden_ranges(release: Release, *, hidden: Collection[str]) -> dict[str, Range]:
    """Return what can be deduced of each hidden count from all the others, by its least and greatest possible value."""
    names = sorted(hidden)
    if not names:
        return {}
    matrix, right = _equations(release, names)
    constraint = LinearConstraint(matrix, right, right)
    found = {}
    for place, name in enumerate(names):
        goal = np.zeros(len(names))
        goal[place] = 1
        low, high = (_solve(sign * goal, constraint) for sign in (1, -1))
        found[name] = Range(round(low), round(-high) if np.isfinite(high) else int(1e9))
    return found


def weak_cells(
    release: Release, *, hidden: Collection[str], primary: Collection[str], width: int = WIDTH, reach: int = REACH
) -> dict[str, Range]:
    """The audit: the primary cells whose range is narrower than `width` or stays below `reach`; none if all is well."""
    ranges = hidden_ranges(release, hidden=hidden)
    return {name: ranges[name] for name in sorted(primary)
            if ranges[name].high - ranges[name].low < width or ranges[name].high < reach}  # fmt: skip


def secondary_cells(
    release: Release,
    *,
    primary: Collection[str],
    candidates: Collection[str],
    width: int = WIDTH,
    reach: int = REACH,
) -> frozenset[str]:
    """Return the cells to hide besides the primary ones: fewest, then smallest total, so that the audit passes.

    An integer programme: a cell may differ from its count in some other table that agrees with all that is published
    only if it is hidden; for each primary cell there must be such tables at least `width` apart and reaching `reach`.
    Raises CannotProtect if hiding all candidates would not do. Source: Fischetti and Salazar 2001.
    """
    if not primary:
        return frozenset()
    names = sorted({*primary, *candidates})
    chosen = _programme(release, names, sorted(primary), width=width, reach=reach)
    return frozenset(chosen) - frozenset(primary)


def difference_is_safe(base: int, *, published: int) -> bool:
    """Whether two populations published side by side differ by none or by ten boards and more, never by 1 to 9."""
    return not 0 < abs(base - published) < SMALLEST_DIFFERENCE


def is_dominated(contributions: Sequence[float], *, p: float = 10) -> bool:
    """Whether a magnitude tells of one contributor: they are fewer than three, or all but two are < p% of the top."""
    ordered = sorted(contributions, reverse=True)
    if len(ordered) < FEWEST_CONTRIBUTORS:
        return True
    return sum(ordered[2:]) < p / 100 * ordered[0]


def _equations(release: Release, names: Sequence[str]) -> tuple[Matrix, Vector]:
    """Each sum with its published counts moved to the right: what is left binds the named cells."""
    places = {name: place for place, name in enumerate(names)}
    entries: list[tuple[int, int, int]] = []
    right: list[int] = []
    for each in release.sums:
        terms = [(each.total, -1), *((part, 1) for part in each.parts)]
        inside = [(len(right), places[name], sign) for name, sign in terms if name in places]
        if inside:
            entries += inside
            right.append(-sum(sign * release.counts[name] for name, sign in terms if name not in places))
    rows, columns, signs = (np.array(column, dtype=int) for column in zip(*entries, strict=True))
    matrix = sparse.coo_array((signs.astype(float), (rows, columns)), shape=(len(right), len(names)))
    return matrix, np.array(right, dtype=float)


def _solve(goal: Vector, constraint: LinearConstraint) -> float:
    """The least value of the goal over whole numbers from nought; -inf where it has no end."""
    found = milp(goal, constraints=constraint, integrality=np.ones(len(goal), dtype=int), bounds=Bounds(0, np.inf))
    return float(found.fun) if found.status == 0 else -np.inf


def _programme(release: Release, names: Sequence[str], primary: Sequence[str], *, width: int, reach: int) -> list[str]:
    """Choose what to hide beside two other tables for each primary cell p, with x_p - y_p >= width and x_p >= reach.

    The variables: one for each cell, 1 if it is hidden; then the cells of x and y for each primary cell in turn.
    """
    size, tables = len(names), 2 * len(primary)
    counts = np.array([release.counts[name] for name in names], dtype=float)
    places = np.array([names.index(name) for name in primary])
    above = size * (1 + 2 * np.arange(len(primary))) + places
    lower, upper = np.zeros(size * (1 + tables)), np.full(size * (1 + tables), np.inf)
    upper[:size] = 1
    lower[places], lower[above] = 1, reach
    found = milp(
        np.concatenate([1 + counts / (counts.sum() + 1), np.zeros(size * tables)]),
        constraints=[*_other_tables(release, names, counts, tables, reach + width), _apart(above, size, tables, width)],
        integrality=np.ones(size * (1 + tables), dtype=int),
        bounds=Bounds(lower, upper),
    )
    if found.status != 0:
        raise CannotProtect("No choice of hidden cells protects this release: merge rows or publish fewer totals.")
    return [name for name, hide in zip(names, found.x, strict=False) if hide > 0.5]


def _other_tables(
    release: Release, names: Sequence[str], counts: Vector, tables: int, margin: int
) -> list[LinearConstraint]:
    """Each other table agrees with all sums, and differs from the counts only where they are hidden."""
    matrix, right = _equations(release, names)
    ones, unit, each = np.ones((tables, 1)), sparse.eye_array(len(names)), sparse.eye_array(tables)
    most = float(counts.sum()) + margin
    hide, cells = sparse.kron(ones, unit), sparse.kron(each, unit)
    free = sparse.hstack([sparse.coo_array((tables * matrix.shape[0], len(names))), sparse.kron(each, matrix)])
    wanted, true = np.tile(right, tables), np.tile(counts, tables)
    return [
        LinearConstraint(free, wanted, wanted),
        LinearConstraint(sparse.hstack([-most * hide, cells]), -np.inf, true),
        LinearConstraint(sparse.hstack([most * hide, cells]), true, np.inf),
    ]


def _apart(above: np.ndarray[tuple[int], np.dtype[np.int64]], size: int, tables: int, width: int) -> LinearConstraint:
    """The two tables of each primary cell are far enough apart there."""
    turns = np.arange(len(above))
    signs = np.repeat([1.0, -1.0], len(above))
    places = np.concatenate([above, above + size])
    matrix = sparse.coo_array((signs, (np.tile(turns, 2), places)), shape=(len(above), size * (1 + tables)))
    return LinearConstraint(matrix, width, np.inf)
