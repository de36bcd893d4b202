"""Every answer counted once into a stratum × item × code cube; every table is a sum over it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analysis.core.variables import Variable, variables_of
from survey.schema.codes import DONT_KNOW, NOT_ANSWERED, NOT_ASKED, NOT_SPECIFIED, REFUSED
from survey.schema.document import Questionnaire

Counts = NDArray[np.int64]
Pair = tuple[str, str]  # two items whose answers are counted together

STRATA = ("authority_type", "region")
LOWEST = min(NOT_ANSWERED, DONT_KNOW, NOT_ASKED, REFUSED)


@dataclass(frozen=True, eq=False)
class Cube:
    """How many returns of each stratum gave each code to each item."""

    strata: tuple[str, ...]
    levels: tuple[tuple[str, ...], ...]  # of each stratum; "" stands for returns not attributed
    items: tuple[str, ...]
    returns: Counts  # one axis for each stratum
    answers: Counts  # the same axes, then one for items and one for codes from LOWEST upwards
    joint: Mapping[Pair, Counts] = field(default_factory=dict)  # of some pairs of items: code × code, over all strata

    @property
    def total(self) -> int:
        """The number of returns."""
        return int(self.returns.sum())

    def codes(self, item: str) -> dict[int, int]:
        """Return how many returns gave each code to this item; codes nobody gave are left out."""
        return _by_code(_all_but(self.answers_to(item), kept=len(self.strata)))

    def sizes(self, stratum: str) -> dict[str, int]:
        """Return the number of returns at each level of this stratum."""
        axis = self.strata.index(stratum)
        return dict(zip(self.levels[axis], _all_but(self.returns, kept=axis).tolist(), strict=True))

    def answers_to(self, item: str) -> Counts:
        """Return the counts of one item: an axis for each stratum, then one for codes."""
        return self.answers[..., self.items.index(item), :]

    def __add__(self, other: Cube) -> Cube:
        if (self.strata, self.items, self.answers.shape[-1]) != (other.strata, other.items, other.answers.shape[-1]):
            raise ValueError("Only cubes of one questionnaire on the same strata can be added.")
        levels = tuple(tuple(sorted({*ours, *theirs})) for ours, theirs in zip(self.levels, other.levels, strict=True))
        returns = _spread(self.returns, self.levels, levels) + _spread(other.returns, other.levels, levels)
        answers = _spread(self.answers, self.levels, levels) + _spread(other.answers, other.levels, levels)
        joint = {pair: self.joint[pair] + other.joint[pair] for pair in self.joint.keys() & other.joint.keys()}
        return Cube(self.strata, levels, self.items, returns, answers, joint)


def breakdown(cube: Cube, item: str, *, by: str) -> dict[str, dict[int, int]]:
    """Return how many returns gave each code to this item at each level of a stratum."""
    axis = cube.strata.index(by)
    answers = cube.answers_to(item)
    sums = answers.sum(axis=tuple(other for other in range(len(cube.strata)) if other != axis))
    return {level: _by_code(row) for level, row in zip(cube.levels[axis], sums, strict=True)}


def breakdown_by_item(cube: Cube, item: str, *, by: str) -> dict[int, dict[int, int]]:
    """Return how many returns gave each code to this item for each code they gave to another; the pair was joined."""
    joint = cube.joint[item, by]
    return {place + LOWEST: codes for place, row in enumerate(joint.T) if (codes := _by_code(row))}


def join(cube: Cube, frame: pl.DataFrame, *, pairs: Iterable[Pair]) -> Cube:
    """Return the cube of this frame with the answers to these pairs of items counted together, one pass for each."""
    width = cube.answers.shape[-1]
    joint = {pair: _count_pair(frame, pair, width=width) for pair in pairs if pair not in cube.joint}
    return replace(cube, joint={**cube.joint, **joint})


def count(frame: pl.DataFrame, *, questionnaire: Questionnaire, strata: Sequence[str] = STRATA) -> Cube:
    """Count the frame once; a missing column, or a code that is not on an item's scale, is refused by its name."""
    counted = [variable for variable in variables_of(questionnaire) if variable.is_counted]
    _refuse_gaps(frame, (*strata, *(variable.name for variable in counted)))
    levels, stratum = _strata(frame, strata)
    shape = tuple(map(len, levels))
    size, width = int(np.prod(shape)), _width(counted)
    answers = np.zeros((size, len(counted), width), dtype=np.int64)
    for place, variable in enumerate(counted):
        answers[:, place] = _count_item(frame[variable.name], stratum=stratum, size=size, width=width)
        _refuse_unknown(answers[:, place].sum(axis=0), variable=variable)
    returns = np.bincount(stratum, minlength=size).reshape(shape)
    names = tuple(variable.name for variable in counted)
    return Cube(tuple(strata), levels, names, returns, answers.reshape(*shape, len(counted), width))


def _refuse_gaps(frame: pl.DataFrame, names: Iterable[str]) -> None:
    gone = [name for name in names if name not in frame.columns]
    if gone:
        raise ValueError(
            f"The data have no column {', '.join(gone)}, for which the questionnaire asks. "
            "Count them with the version of the questionnaire under which they came in."
        )


def _strata(frame: pl.DataFrame, strata: Sequence[str]) -> tuple[tuple[tuple[str, ...], ...], NDArray[np.intp]]:
    """Return the levels of each stratum and, for each return, the number of its combination of levels."""
    combination = np.zeros(frame.height, dtype=np.intp)
    levels: list[tuple[str, ...]] = []
    for name in strata:
        found, place = _places(frame[name])
        levels.append(found)
        combination = combination * len(found) + place
    return tuple(levels), combination


def _places(names: pl.Series) -> tuple[tuple[str, ...], NDArray[np.intp]]:
    """Return the levels that occur, sorted, and for each row the place of its level among them."""
    filled = names.fill_null("") if names.null_count() else names
    levels = tuple(sorted(filled.unique().cast(pl.String).to_list()))
    if not isinstance(filled.dtype, pl.Enum):
        return levels, filled.cast(pl.Enum(levels)).to_physical().to_numpy().astype(np.intp)
    every = filled.dtype.categories.to_list()
    place = np.array([levels.index(name) if name in levels else -1 for name in every], dtype=np.intp)
    return levels, place[filled.to_physical().to_numpy()]


def _width(variables: Iterable[Variable]) -> int:
    """Return how many codes there are from the lowest to the highest on any scale."""
    return 1 + max([0, *(code for variable in variables for code in variable.codes)]) - LOWEST


def _count_item(answers: pl.Series, *, stratum: NDArray[np.intp], size: int, width: int) -> Counts:
    """Return the counts of one item, stratum × code; an empty cell is an item not answered."""
    codes = (answers.fill_null(NOT_ANSWERED) if answers.null_count() else answers).to_numpy()
    if codes.size and (codes.min() < LOWEST or codes.max() >= width + LOWEST):
        raise ValueError(f"{answers.name} has codes that are on no scale, from {codes.min()} to {codes.max()}.")
    return np.bincount(stratum * width - LOWEST + codes, minlength=size * width).reshape(size, width)


def _count_pair(frame: pl.DataFrame, pair: Pair, *, width: int) -> Counts:
    """Return the counts of two items together, code × code."""
    first, second = (frame[code].fill_null(NOT_ANSWERED).to_numpy().astype(np.intp) - LOWEST for code in pair)
    return np.bincount(first * width + second, minlength=width * width).reshape(width, width)


def _refuse_unknown(counts: Counts, *, variable: Variable) -> None:
    unknown = set(_by_code(counts)) - {*variable.codes, *variable.missing, *NOT_SPECIFIED}
    if unknown:
        raise ValueError(f"{variable.name} has codes that are not on its scale: {sorted(unknown)}.")


def _by_code(counts: Counts) -> dict[int, int]:
    return {place + LOWEST: number for place, number in enumerate(counts.tolist()) if number}


def _all_but(counts: Counts, *, kept: int) -> Counts:
    """Return the sums over every axis but one."""
    sums: Counts = counts.sum(axis=tuple(axis for axis in range(counts.ndim) if axis != kept))
    return sums


def _spread(counts: Counts, old: Sequence[Sequence[str]], new: Sequence[Sequence[str]]) -> Counts:
    """Return the same counts with each stratum's axis stretched to more levels."""
    wider = np.zeros((*map(len, new), *counts.shape[len(new) :]), dtype=np.int64)
    wider[np.ix_(*([names.index(name) for name in had] for had, names in zip(old, new, strict=True)))] = counts
    return wider
