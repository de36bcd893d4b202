"""Service: the tables of a wave, the same values for pages, commands and report."""

from datetime import datetime

from analysis.comparators.standing import beside_others
from analysis.core.companions import with_companions
from analysis.core.cube import STRATA, count, join
from analysis.core.evenness import with_evenness
from analysis.core.national import Response
from analysis.core.outcomes import with_outcomes
from analysis.core.table import Table
from analysis.core.tabulate import tabulate_plan
from analysis.extracts import Standing, read_standing
from analysis.opentext.tabling import coded_tables
from analysis.outcomes import frozen_outcomes
from analysis.planning import plan_of
from survey.models import Wave


def tables_of(
    wave: Wave,
    *,
    now: datetime,
    number: int | None = None,
    standing: Standing | None = None,
) -> tuple[Table, ...]:
    """Every table of the wave's plan from the submissions that count now, beside other surveys; NoPlan without one.

    `standing` is what was read already. With a number it is what was frozen under that, and from it come the tables of
    closed answers alone: what people wrote is not among them.
    """
    plan, found = plan_of(wave), standing or read_standing(wave, now=now)
    extract, population = found.extract, found.population
    cube = join(count(extract.frame, questionnaire=extract.questionnaire), extract.frame, pairs=plan.pairs)
    tables = beside_others(tabulate_plan(cube, plan=plan, population=population), wave=wave)
    response = Response(cube.total, sum(population.boards[STRATA[0]].values()))
    tables = with_outcomes(tables, frozen_outcomes(wave, plan=plan, number=number))
    tables = with_companions(tables, plan=plan, boards=response.boards)
    every = tables if number is not None else (*tables, *coded_tables(wave, plan, response=response))
    return with_evenness(every, cube=cube, population=population, unit=plan.unit)
