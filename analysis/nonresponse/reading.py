"""Service: everything that must be known of the silent before a finding is told, reckoned once for page and files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from analysis.core.cube import STRATA, Cube, count
from analysis.core.cube_parts import part_of
from analysis.core.findings import figure_of
from analysis.core.headlines import Headline, headline_tables, headlines
from analysis.core.item_response import ItemResponse, item_responses
from analysis.core.lateness import Lateness, compare_late
from analysis.core.national import Response
from analysis.core.plan import Plan
from analysis.core.representativeness import Representativeness, compare_returns
from analysis.core.shape import Population
from analysis.core.table import Table
from analysis.core.weighted_figures import WeightedFigure, weigh_headlines
from analysis.core.weighting_choice import Assessment, Scheme, assess
from analysis.extracts import Extract, Standing, read_standing
from analysis.nonresponse.splitting import EARLY, LATE, Split, arrivals_of, split_of
from analysis.planning import plan_of
from analysis.refusals import NoPlan
from survey.models import Wave

WHEN = "when"
SCHEMES = (
    Scheme("post_stratification", ("authority_type",)),
    Scheme("post_stratification", ("region",)),
    Scheme("raking", ("authority_type", "region")),
)


@dataclass(frozen=True)
class LateGroups:
    """How many of the returns at each level of a stratum came late, and whether the levels differ in that."""

    stratum: str
    levels: tuple[str, ...]
    late: tuple[int, ...]
    returns: tuple[int, ...]
    compared: Representativeness | None


@dataclass(frozen=True)
class Weighing:
    """One way to weight, what it would cost, and the headlines by it if it is allowed."""

    assessment: Assessment
    figures: tuple[WeightedFigure, ...]
    is_asked: bool


@dataclass(frozen=True)
class Silence:
    """What is known of those who did not answer; without a plan there are no headlines."""

    wave: Wave
    unit: str
    boards: int
    returns: int
    headlines: tuple[Headline, ...]
    items: tuple[ItemResponse, ...]
    split: Split | None
    groups: tuple[LateGroups, ...]
    lateness: tuple[Lateness, ...]
    weighings: tuple[Weighing, ...]

    @property
    def response(self) -> Response:
        """How many answered, of how many."""
        return Response(self.returns, self.boards)


def silence_of(wave: Wave, *, now: datetime, standing: Standing | None = None) -> Silence:
    """All of it from the submissions that count now, or from those that were read already."""
    standing = standing or read_standing(wave, now=now)
    plan, population = _plan(wave), standing.population
    cube, split = _read(wave, standing.extract)
    found = _headlines(plan, cube, population)
    return Silence(
        wave=wave,
        unit=plan.unit if plan else "boards",
        boards=sum(population.boards[STRATA[0]].values()),
        returns=cube.total,
        headlines=found,
        items=item_responses(cube, questionnaire=wave.questionnaire),
        split=split,
        groups=_groups(cube) if split else (),
        lateness=_lateness(plan, cube, population, found) if plan and split else (),
        weighings=tuple(_weighings(plan, cube, population, found)),
    )


def _plan(wave: Wave) -> Plan | None:
    """Who did not answer can be told without a plan."""
    try:
        return plan_of(wave)
    except NoPlan:
        return None


def _read(wave: Wave, extract: Extract) -> tuple[Cube, Split | None]:
    """The answers counted by stratum and by early or late; without the latter if somebody submitted in between."""
    arrivals = arrivals_of(wave)
    split = split_of(arrivals) if len(arrivals.moments) == extract.frame.height else None
    parts = split.parts if split else [EARLY] * extract.frame.height
    frame = extract.frame.with_columns(pl.Series(WHEN, parts, dtype=pl.String))
    return count(frame, questionnaire=extract.questionnaire, strata=(*STRATA, WHEN)), split


def _headlines(plan: Plan | None, cube: Cube, population: Population) -> tuple[Headline, ...]:
    if plan is None:
        return ()
    tables = headline_tables(cube, plan=plan, population=population)
    return headlines(plan, tables=tables, boards=sum(population.boards[STRATA[0]].values()))


def _groups(cube: Cube) -> tuple[LateGroups, ...]:
    return tuple(_late_groups(cube, stratum) for stratum in STRATA)


def _late_groups(cube: Cube, stratum: str) -> LateGroups:
    returns, late = cube.sizes(stratum), part_of(cube, stratum=WHEN, level=LATE).sizes(stratum)
    levels = tuple(level for level in returns if level)
    counts, sizes = tuple(late[level] for level in levels), tuple(returns[level] for level in levels)
    return LateGroups(stratum, levels, counts, sizes, compare_returns(counts, eligible=sizes))


def _lateness(plan: Plan, cube: Cube, population: Population, found: Sequence[Headline]) -> tuple[Lateness, ...]:
    early, late = (
        headline_tables(part_of(cube, stratum=WHEN, level=part), plan=plan, population=population)
        for part in (EARLY, LATE)
    )
    return compare_late([(_share(each, early), _share(each, late)) for each in found])


def _weighings(plan: Plan | None, cube: Cube, population: Population, found: Sequence[Headline]) -> Iterator[Weighing]:
    asked = Scheme(plan.weighting.method, plan.weighting.margins) if plan and plan.weighting else None
    for scheme in SCHEMES:
        assessment = assess(cube, scheme=scheme, boards=population.boards)
        figures = weigh_headlines(found, assessment, cube=cube, plan=plan, population=population) if plan else ()
        yield Weighing(assessment, figures, scheme.is_like(asked))


def _share(headline: Headline, tables: Mapping[str, Table]) -> tuple[int, int]:
    figure = figure_of(headline.figure.token, tables=tables)
    return (figure.count or 0, figure.base) if figure else (0, 0)
