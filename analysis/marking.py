"""What every copy of a wave's figures must say: that fieldwork is still open, that a table was not planned."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from accounts.digests import bytes_digest
from analysis.core.table import Table
from analysis.planning import plan_text
from survey.models import Wave

DRAFT = "Draft: fieldwork is still open."
UNPLANNED = "Exploratory: the analysis plan of this table was not recorded before fieldwork closed."
AD_HOC = "Exploratory: this table is not in the analysis plan."
FOR_THE_TEAM = "For the team: not checked for disclosure."


def draft_marks(wave: Wave, *, now: datetime) -> tuple[str, ...]:
    """The mark of figures that may still change."""
    return (DRAFT,) if now < wave.closes_at else ()


def plan_marks(wave: Wave, *, now: datetime) -> tuple[str, ...]:
    """The marks of the tables of the wave's plan."""
    return (*draft_marks(wave, now=now), *(() if is_planned(wave) else (UNPLANNED,)))


def marked(tables: Iterable[Table], *, wave: Wave, now: datetime) -> tuple[Table, ...]:
    """The tables of the wave's plan with what every copy of them must say."""
    marks = plan_marks(wave, now=now)
    return tuple(replace(table, marks=(*table.marks, *marks)) for table in tables)


def for_the_team(tables: Iterable[Table], *, wave: Wave, now: datetime) -> tuple[Table, ...]:
    """The same in a file that holds whole counts: nobody has checked what they tell of a board."""
    kept = marked(tables, wave=wave, now=now)
    return tuple(replace(table, marks=(FOR_THE_TEAM, *table.marks)) for table in kept)


def is_planned(wave: Wave) -> bool:
    """Whether the plan, as it reads now, was recorded before fieldwork closed."""
    digest = bytes_digest(plan_text(wave.plan).encode())
    return wave.plan_records.filter(plan=wave.plan, digest=digest, is_exploratory=False).exists()
