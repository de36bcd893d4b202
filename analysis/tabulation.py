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
from analysis.extracts import Extract, Standing, population_of, read_extract
from analysis.opentext.tabling import coded_tables
from analysis.outcomes import frozen_outcomes
from analysis.planning import plan_of
from survey.models import Wave


def tables_of(
    wave: Wave,
    *,
    now: datetime,
    frozen: Extract | None = None,
    number: int | None = None,
    standing: Standing | None = None,
) -> tuple[Table, ...]:
    """Every table of the wave's plan from the submissions that count now, beside other surveys; NoPlan without one.

    From data that were frozen, under this number, come the tables of closed answers alone: what people wrote is not
    among them. `standing` is what was read already.
    """
    plan = plan_of(wave)
    extract = frozen or (standing.extract if standing else read_extract(wave))
    cube = join(count(extract.frame, questionnaire=extract.questionnaire), extract.frame, pairs=plan.pairs)
    population = standing.population if standing else population_of(wave, now=now)
    tables = beside_others(tabulate_plan(cube, plan=plan, population=population), wave=wave)
    response = Response(cube.total, sum(population.boards[STRATA[0]].values()))
    tables = with_outcomes(tables, frozen_outcomes(wave, plan=plan, number=number))
    tables = with_companions(tables, plan=plan, boards=response.boards)
    every = tables if frozen else (*tables, *coded_tables(wave, plan, response=response))
    return with_evenness(every, cube=cube, population=population, unit=plan.unit)
