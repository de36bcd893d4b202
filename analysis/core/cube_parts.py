"""The same cube for some returns only, or with each return counted as much as its weight."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from analysis.core.cube import Cube

PARTS_OF_A_RETURN = 1_000_000


def part_of(cube: Cube, *, stratum: str, level: str) -> Cube:
    """Return the cube of the returns at one level of a stratum; at a level that nobody is at, of none."""
    axis = cube.strata.index(stratum)
    shape = [1] * len(cube.strata)
    shape[axis] = -1
    kept = np.array([name == level for name in cube.levels[axis]]).reshape(shape)
    return replace(cube, returns=cube.returns * kept, answers=cube.answers * kept[..., None, None])


def weighted(cube: Cube, *, weights: NDArray[np.float64]) -> Cube:
    """Return the cube in millionths of a return, each stratum's returns counted as much as its weight.

    `weights` has an axis for each stratum, as `cube.returns` has. Whole numbers, so that tables round once as ever.
    """
    if weights.shape != cube.returns.shape:
        raise ValueError(f"Weights of the shape {weights.shape} do not fit strata of the shape {cube.returns.shape}.")
    scaled = np.rint(weights * PARTS_OF_A_RETURN).astype(np.int64)
    return replace(cube, returns=cube.returns * scaled, answers=cube.answers * scaled[..., None, None])
