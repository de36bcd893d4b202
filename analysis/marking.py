"""What every copy of a wave's figures must say: that fieldwork is still open, that a table was not planned."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from analysis.core.table import Table
from analysis.planning import plan_digest
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
    return (*draft_marks(wave, now=now), *unplanned_marks(wave, digest=plan_digest(wave.plan)))


def unplanned_marks(wave: Wave, *, digest: str) -> tuple[str, ...]:
    """The mark of tables of a plan with this digest that was not recorded before fieldwork closed. Rule M94."""
    return () if is_planned(wave, digest=digest) else (UNPLANNED,)


def marked(tables: Iterable[Table], *, wave: Wave, now: datetime) -> tuple[Table, ...]:
    """The tables of the wave's plan with what every copy of them must say."""
    marks = plan_marks(wave, now=now)
    return tuple(replace(table, marks=(*table.marks, *marks)) for table in tables)


def for_the_team(tables: Iterable[Table], *, wave: Wave, now: datetime) -> tuple[Table, ...]:
    """The same in a file that holds whole counts: nobody has checked what they tell of a board."""
    kept = marked(tables, wave=wave, now=now)
    return tuple(replace(table, marks=(FOR_THE_TEAM, *table.marks)) for table in kept)


def is_planned(wave: Wave, *, digest: str) -> bool:
    """Whether the plan, as it reads with this digest, was recorded before fieldwork closed."""
    return wave.plan_records.filter(plan=wave.plan, digest=digest, is_exploratory=False).exists()
