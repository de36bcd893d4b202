"""Service: one exploratory table, made from the submissions that count now. Each look at one is recorded."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.models import User
from analysis.core.cell_intervals import BOUNDS, showing_intervals
from analysis.core.cross import Cross
from analysis.core.cross_counts import FRAME, pairs_of
from analysis.core.cross_protection import protected
from analysis.core.cube import Cube, count, join
from analysis.core.evenness import with_evenness
from analysis.core.plan import Plan
from analysis.core.plan_document import CrossSpec
from analysis.core.release.counting import Counting
from analysis.core.release.groups import EVERYONE, name_of
from analysis.core.release.known import NOTHING, Withheld, without_rows
from analysis.core.release.participation import Frame
from analysis.core.release.returns_told import few_rows
from analysis.core.table import Table
from analysis.core.tabulate import tabulate
from analysis.exploring.choice import Choice
from analysis.exploring.specifying import levels_of, plan_alone, spec_of, thing_of
from analysis.extracts import eligible_of, read_extract
from analysis.marking import AD_HOC, draft_marks
from analysis.planning import plan_of
from analysis.refusals import NoPlan
from survey.models import Wave
from survey.schema.document import Questionnaire

LOOKED = declare("table.explored", "Looked at an exploratory table")
INTERVAL = (
    "95% interval, in per cent: if the boards that did not answer are like those that did. It is exact for all boards "
    "of the group where their number is known; where it is not, it is the wider one for a group without end."
)


@dataclass(frozen=True)
class Explored:
    """The table as the team sees it, the spec that defines it, and the plan it might be added to."""

    choice: Choice
    spec: CrossSpec
    table: Table
    plan: Plan | None
    unit: str
    questionnaire: Questionnaire
    returns: Mapping[str, int]  # of all, and of each group of a variable of the frame
    cube: Cube
    frame: Frame
    withheld: Withheld = NOTHING

    @property
    def name(self) -> str:
        """What is tabulated, in words."""
        return thing_of(self.choice.item, self.questionnaire)

    @property
    def cross(self) -> Cross:
        """How the table is laid out."""
        return Cross(self.spec, self.questionnaire)

    @cached_property
    def safe(self) -> Table:
        """The table as it may leave the house."""
        few = few_rows(self.cross, self.table, counting=Counting(self.cube))
        return without_rows(protected(self.table, also=self.withheld.places), self.withheld.rows | few)


def explore(wave: Wave, choice: Choice, *, now: datetime) -> Explored:
    """The table that was chosen; every figure is counted in one pass over the answers."""
    extract, eligible, plan = read_extract(wave), eligible_of(wave, now=now), plan_or_none(wave)
    population = eligible.population
    cube = count(extract.frame, questionnaire=extract.questionnaire)
    levels = (
        levels_of(choice.by, plan=plan, population=population, found=cube.sizes(choice.by))
        if choice.by in FRAME
        else ()
    )
    source = plan.source if plan else wave.title
    spec = spec_of(choice, questionnaire=extract.questionnaire, plan=plan, source=source, levels=levels)
    cube = join(cube, extract.frame, pairs=pairs_of([spec], extract.questionnaire))
    made = tabulate(
        cube,
        population=population,
        spec=spec,
        plan=plan or plan_alone(spec, source=source, questionnaire=extract.questionnaire),
    )
    table = showing_intervals(replace(made, number=0, marks=(*draft_marks(wave, now=now), AD_HOC)))
    has_intervals = any(cell.interval for cell in table.cells.values())
    table = replace(table, notes=(*table.notes, INTERVAL, BOUNDS) if has_intervals else table.notes)
    unit = plan.unit if plan else "boards"
    (table,) = with_evenness([table], cube=cube, population=population, unit=unit)
    sizes = cube.sizes(choice.by) if choice.by in FRAME else {}
    returns = {EVERYONE: cube.total} | {name_of(choice.by, (level,)): size for level, size in sizes.items()}
    return Explored(choice, spec, table, plan, unit, extract.questionnaire, returns, cube, eligible.frame)


def look(wave: Wave, choice: Choice, *, by: User, now: datetime) -> Explored:
    """The table, for a person: that they looked at it is recorded, not what it said."""
    detail = dict(choice.specification)
    record(LOOKED, by=by, subject=wave, about=wave.title, wave=wave.slug, detail=detail, now=now)
    return explore(wave, choice, now=now)


def plan_or_none(wave: Wave) -> Plan | None:
    """The wave's plan, if it has one."""
    try:
        return plan_of(wave)
    except NoPlan:
        return None
