"""Headlines as they are and as they would be weighted, side by side (M25)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.core.cube import Cube
from analysis.core.cube_parts import PARTS_OF_A_RETURN, part_of, weighted
from analysis.core.findings import figure_of
from analysis.core.headlines import Headline, headline_tables
from analysis.core.intervals import wilson_interval
from analysis.core.plan import Plan
from analysis.core.shape import Population
from analysis.core.table import Table
from analysis.core.weighting import Weights, weighted_share
from analysis.core.weighting_choice import Assessment


@dataclass(frozen=True, slots=True)
class WeightedFigure:
    """One headline: count and base of the returns that can be weighted, their weighted share, and what it is worth.

    `interval` is Wilson's for all boards on the effective size; `se` is that of the strata, where there are strata.
    There is neither where the figure does not stand on every return: of how many boards those are a part is not known.
    """

    headline: Headline
    count: int
    base: int
    share: float
    percent: int
    interval: tuple[float, float] | None
    se: float | None

    @property
    def shift(self) -> float:
        """Return by how many percentage points weighting moves the share."""
        return 100 * (self.share - self.count / self.base)


def weigh_headlines(
    headlines: Sequence[Headline], assessment: Assessment, *, cube: Cube, plan: Plan, population: Population
) -> tuple[WeightedFigure, ...]:
    """Return each headline unweighted and weighted, on the same returns; nothing unless the weights are allowed."""
    weights, cost = assessment.weights, assessment.cost
    if not assessment.is_allowed or weights is None or cost is None:
        return ()

    def tables_of(part: Cube) -> dict[str, Table]:
        return headline_tables(part, plan=plan, population=population)

    # A millionth counts as one here, so this is the plain count of the returns that can be weighted.
    placed = weighted(cube, weights=np.where(weights > 0, 1 / PARTS_OF_A_RETURN, 0.0))
    both = tables_of(placed), tables_of(weighted(cube, weights=weights))
    strata = {level: tables_of(part) for level, part in _strata(cube, assessment)}
    boards = population.boards[assessment.scheme.margins[0]]
    return tuple(_weighed(headlines, both, strata=strata, boards=boards, returns=cube.total, cost=cost))


def _strata(cube: Cube, assessment: Assessment) -> Iterator[tuple[str, Cube]]:
    """The returns of each stratum by itself; raking has none."""
    margin, *others = assessment.scheme.margins
    if not others:
        for level in cube.levels[cube.strata.index(margin)]:
            if level:
                yield level, part_of(cube, stratum=margin, level=level)


def _weighed(
    headlines: Sequence[Headline],
    both: tuple[Mapping[str, Table], Mapping[str, Table]],
    *,
    strata: Mapping[str, Mapping[str, Table]],
    boards: Mapping[str, int],
    returns: int,
    cost: Weights,
) -> Iterator[WeightedFigure]:
    for headline in headlines:
        plain, heavy = (figure_of(headline.figure.token, tables=tables) for tables in both)
        if plain is None or heavy is None:
            continue
        share = (heavy.count or 0) / heavy.base
        size = min(plain.base / cost.design_effect, plain.base)
        interval = wilson_interval(share * size, n=size, population=sum(boards.values()))
        is_national = headline.base == returns
        yield WeightedFigure(
            headline=headline,
            count=plain.count or 0,
            base=plain.base,
            share=share,
            percent=heavy.percent,
            interval=interval if is_national else None,
            se=_standard_error(headline, strata, boards=boards) if is_national else None,
        )


def _standard_error(
    headline: Headline, strata: Mapping[str, Mapping[str, Table]], *, boards: Mapping[str, int]
) -> float | None:
    """That of the strata with their corrections, where each has two answers at least or is complete."""
    found = {level: figure_of(headline.figure.token, tables=tables) for level, tables in strata.items()}
    shares = [(each.count or 0, each.base, boards.get(level, 0)) for level, each in found.items() if each]
    if len(shares) < max(len(found), 1) or any(n < 2 and n < size for _, n, size in shares):
        return None
    counts, returns, sizes = zip(*shares, strict=True)
    return weighted_share(counts, returns=returns, population=sizes).se
