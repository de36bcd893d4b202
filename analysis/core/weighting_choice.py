"""Whether the boards that answered may be weighted to all boards, by which weights, or why not (M24, M25)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from analysis.core.cube import Cube
from analysis.core.weighting import SMALLEST_CELL, NotConverged, Weights, post_stratify, rake

Method = Literal["post_stratification", "raking"]
Whole = NDArray[np.int64]
Levels = Mapping[str, Mapping[str, int]]  # of each stratum, how many boards the frame holds at each level


@dataclass(frozen=True, slots=True)
class Scheme:
    """A way to weight: by the margin of one stratum, or by the margins of several in turn."""

    method: Method
    margins: tuple[str, ...]

    def is_like(self, other: "Scheme | None") -> bool:
        """Whether both are the same way, in whichever order the margins are named."""
        return other is not None and (self.method, set(self.margins)) == (other.method, set(other.margins))


@dataclass(frozen=True, eq=False)
class Assessment:
    """What a scheme would do to these returns; weights by stratum, mean one, or the reasons why there are none."""

    scheme: Scheme
    weights: NDArray[np.float64] | None  # an axis for each stratum of the cube
    cost: Weights | None  # what the weights cost, where there are any
    left_out: int  # returns that do not say to which level they belong
    reasons: tuple[str, ...]

    @property
    def is_allowed(self) -> bool:
        """Whether figures may be weighted so."""
        return self.weights is not None and not self.reasons


def assess(cube: Cube, *, scheme: Scheme, boards: Levels) -> Assessment:
    """Return the weights of a scheme with what they cost, and every reason for which they may not be used.

    Refused for a level without returns, one with fewer than 5, a weight over 3, a design effect over 1.5, and margins
    that raking cannot reach (methods M24, M25). Returns that do not say where they belong are left out.
    """
    names = [tuple(level for level, size in boards[margin].items() if size) for margin in scheme.margins]
    returns = _returns(cube, scheme.margins, names)
    left_out = cube.total - int(returns.sum())
    sizes = [np.array([boards[m][level] for level in known]) for m, known in zip(scheme.margins, names, strict=True)]
    margins = list(_margins(returns))
    reasons = [reason for each in zip(names, margins, sizes, strict=True) for reason in _unfit(*each)]
    if any((margin == 0).any() or (margin > size).any() for margin, size in zip(margins, sizes, strict=True)):
        return Assessment(scheme, None, None, left_out, tuple(reasons))
    try:
        cells = _weights(returns, sizes)
    except NotConverged as problem:
        return Assessment(scheme, None, None, left_out, (*reasons, str(problem)))
    filled = returns > 0
    cost = Weights(tuple(cells[filled].tolist()), tuple(returns[filled].tolist()))
    placed = _placed(cube, scheme.margins, names, cells)
    return Assessment(scheme, placed, cost, left_out, (*reasons, *cost.too_dear))


def _returns(cube: Cube, margins: Sequence[str], names: Sequence[Sequence[str]]) -> Whole:
    """Returns at each level that the frame knows, an axis for each margin."""
    others = tuple(axis for axis, stratum in enumerate(cube.strata) if stratum not in margins)
    table = cube.returns.sum(axis=others)
    kept = [stratum for stratum in cube.strata if stratum in margins]
    table = table.transpose([kept.index(margin) for margin in margins])
    found = np.zeros([len(known) for known in names], dtype=np.int64)
    ours = [dict(zip(cube.levels[cube.strata.index(m)], range(cube.returns.size), strict=False)) for m in margins]
    places = [
        [(there, here[level]) for there, level in enumerate(known) if level in here]
        for known, here in zip(names, ours, strict=True)
    ]
    to, source = ([[pair[side] for pair in each] for each in places] for side in (0, 1))
    found[np.ix_(*to)] = table[np.ix_(*source)]
    return found


def _margins(returns: Whole) -> Iterator[Whole]:
    for axis in range(returns.ndim):
        yield returns.sum(axis=tuple(other for other in range(returns.ndim) if other != axis))


def _unfit(names: Sequence[str], returns: Whole, sizes: Whole) -> Iterator[str]:
    """Why the levels of a margin cannot bear weights, by name."""
    for name, number, size in zip(names, returns.tolist(), sizes.tolist(), strict=True):
        many = f"{size:,} board{'s' if size > 1 else ''}"
        if number == 0:
            yield f"{name} has {many} and no return: nothing can stand for them."
        elif number > size:
            yield f"{name} has {number:,} returns from {many}."
        elif number < SMALLEST_CELL and number < size:
            yield f"{name} has {number} return{'s' if number > 1 else ''} from {many}, fewer than {SMALLEST_CELL}."


def _weights(returns: Whole, sizes: Sequence[Whole]) -> NDArray[np.float64]:
    """One weight a cell, mean one over the returns; an empty cell has none."""
    if len(sizes) == 1:
        return np.array(post_stratify(returns.tolist(), population=sizes[0].tolist()).weights)
    fitted = np.array(rake(returns.tolist(), rows=sizes[0].tolist(), columns=sizes[1].tolist()))
    by_return = np.divide(fitted, returns, out=np.zeros_like(fitted), where=returns > 0)
    found: NDArray[np.float64] = by_return * returns.sum() / fitted.sum()
    return found


def _placed(
    cube: Cube, margins: Sequence[str], names: Sequence[Sequence[str]], cells: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The weights on the axes of the cube; where a return says nothing, it weighs nothing."""
    found = np.zeros(cube.returns.shape)
    for place in np.ndindex(*cube.returns.shape):
        levels = [cube.levels[cube.strata.index(margin)][place[cube.strata.index(margin)]] for margin in margins]
        if all(level in known for level, known in zip(levels, names, strict=True)):
            found[place] = cells[tuple(known.index(level) for level, known in zip(levels, names, strict=True))]
    return found
