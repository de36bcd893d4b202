"""The one reader of answers: a wave's counting submissions as a columnar data set."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

import polars as pl
from django.db.models import Count, Q, Value

from analysis.core.cube import STRATA
from analysis.core.eligible import Eligible
from analysis.core.shape import Population
from analysis.core.two_waves import BOARD
from analysis.submitted import RETURN, read_submitted
from respondents.contacts.eligibility import left_out
from respondents.register.models import AuthorityType, Region
from respondents.returns.models import FrameAuthority
from survey.models import Wave
from survey.schema.document import Questionnaire

LEVELS = {"authority_type": AuthorityType.values, "region": Region.values}


@dataclass(frozen=True)
class Extract:
    """One row for each return that counts: its strata, then the columns that `variables_of` its questionnaire tells."""

    frame: pl.DataFrame
    questionnaire: Questionnaire


@dataclass(frozen=True)
class Standing:
    """What figures are counted from, read together where several are made at once."""

    extract: Extract
    population: Population


def read_standing(wave: Wave, *, now: datetime) -> Standing:
    """The submissions of the wave that count as they stand now, and who could have answered."""
    return Standing(read_extract(wave), population_of(wave, now=now))


def read_extract(wave: Wave) -> Extract:
    """The submissions of the wave that count, as they stand now."""
    answers = read_submitted(wave)
    strata = (pl.col(name).cast(_levels(name, answers[name])) for name in STRATA)
    return Extract(answers.with_columns(*strata), wave.questionnaire)


def read_by_board(wave: Wave) -> pl.DataFrame:
    """The answers that count with the board of each in a column, empty for a return that names none."""
    boards = [(found.hex, board) for found, board in wave.returns.in_frame().values_list("pk", "board_id")]
    named = pl.DataFrame(boards, schema={RETURN: pl.String(), BOARD: pl.Int64()}, orient="row")
    return read_submitted(wave, with_returns=True).join(named, on=RETURN, how="left")


def _levels(name: str, found: pl.Series) -> pl.Enum:
    """The levels in the order of the register; nothing for a return that names no board."""
    return pl.Enum(list(dict.fromkeys([*LEVELS[name], "", *found.unique().sort().to_list()])))


def population_of(wave: Wave, *, now: datetime) -> Population:
    """How many eligible boards and how many of their authorities there are in each stratum."""
    return eligible_of(wave, now=now).population


def eligible_of(wave: Wave, *, now: datetime) -> Eligible:
    """The boards that could answer as they are known now, counted by the database in one query."""
    out = left_out(wave, now=now).values("pk")
    returns = wave.returns.in_frame().annotate(is_board=Value(value=True), is_out=Q(pk__in=out))
    eligible = FrameAuthority.objects.filter(survey_return__wave=wave).exclude(survey_return__in=out)
    authorities = eligible.annotate(is_board=Value(value=False), is_out=Value(value=False))
    both = (
        each.order_by().values_list("is_board", "is_out", *STRATA).annotate(Count("pk"))
        for each in (returns, authorities)
    )
    found: dict[tuple[bool, bool], Counter[tuple[str, str]]] = defaultdict(Counter)
    for is_board, is_out, type_, region, number in next(both).union(next(both), all=True):
        found[bool(is_board), bool(is_out)][type_, region] = number
    return Eligible(found[True, False], found[False, False], found[True, True].total())
