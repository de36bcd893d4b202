"""Service: a wave beside one other survey, every table of it tested as one family."""

from dataclasses import dataclass
from datetime import datetime

from analysis.comparators.access import find_other
from analysis.core.beside import OtherSurvey
from analysis.core.beside_pairs import Comparison, compare_with
from analysis.core.plan import Plan
from analysis.core.table import Table
from analysis.planning import plan_of
from analysis.tabulation import tables_of
from survey.models import Wave


@dataclass(frozen=True)
class Compared:
    """The tables of a wave, another survey, and the tests of the one against the other."""

    plan: Plan
    other: OtherSurvey
    tables: tuple[Table, ...]
    comparison: Comparison


def compare_wave(wave: Wave, name: str, *, now: datetime) -> Compared:
    """The wave's tables beside the survey of this name; not found if it does not stand there, NoPlan without a plan."""
    plan = plan_of(wave)
    other = find_other(wave, name, plan=plan)
    tables = tuple(table for table in tables_of(wave, now=now) if other.stands_in(table.id))
    return Compared(plan, other, tables, compare_with(other, tables=tables))
