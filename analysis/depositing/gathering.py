"""What a deposit is made from: a release as it was released, its frozen data by group, and how the numbers follow."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from django.conf import settings
from django.utils import timezone

from analysis.core.deposit.access import Access, access_to
from analysis.core.deposit.columns import columns_of
from analysis.core.deposit.described import Described
from analysis.core.deposit.recipe import Recipe, recipe_of
from analysis.core.deposit.records import records_of
from analysis.core.deposit.study import Study
from analysis.core.plan import Plan
from analysis.core.release.decisions import Decisions
from analysis.core.release.record import read
from analysis.core.response import Rate
from analysis.core.table import Table
from analysis.depositing.refusals import NotReleased
from analysis.disclosing.accounting import days_at, response_at
from analysis.disclosing.material import Material, material_of
from analysis.disclosing.models import Release, ReleaseState
from analysis.disclosing.packing import protected_tables
from survey.models import Wave

OF_RECORDS = (
    (
        "One record for each return that counts, in an order of chance. Regions and types of authority are merged to "
        "the groups that the release shows."
    ),
    "Codes from -9 to -6 are no answers: -9 not answered, -8 do not know, -7 not asked, -6 does not want to answer.",
    "Left out: which board a record is of, whatever was written in words, and the day and month of dates.",
)


@dataclass(frozen=True)
class Gathered:
    """A release with everything that is deposited of it, each made once and only if it is asked for."""

    release: Release
    material: Material
    decisions: Decisions
    released_at: datetime

    @property
    def wave(self) -> Wave:
        return self.release.wave

    @property
    def plan(self) -> Plan:
        return self.material.plan

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables as they were released."""
        return protected_tables(self.material, self.decisions)

    @cached_property
    def data(self) -> Described:
        """The records, from the data that the release was made from."""
        columns = columns_of(self.wave.questionnaire, groups=self.decisions.groups)
        records = records_of(self.material.answers.frame, columns=columns)
        return Described(f"{self.wave.title}: records", records, columns, self.released_at, OF_RECORDS)

    @cached_property
    def recipe(self) -> Recipe:
        """Which records every released number counts."""
        return recipe_of(self.tables, plan=self.plan, groups=self.decisions.groups, columns=self.data.columns)

    @property
    def access(self) -> Access:
        """Who may have the records."""
        smallest, boards = self.decisions.smallest, self.material.frame.boards
        return access_to(self.data.columns, boards=boards, smallest=smallest)

    @cached_property
    def study(self) -> Study:
        """The wave as an archive knows it."""
        questionnaire = self.wave.questionnaire
        response, (opened, closed) = response_at(self.release), days_at(self.release)
        return Study(
            id=f"{self.wave.slug}-release-{self.release.number}",
            title=self.plan.title,
            wave=self.wave.title,
            questionnaire=questionnaire.title,
            questionnaire_digest=questionnaire.digest,
            source=self.plan.source,
            unit=self.plan.unit,
            producer=settings.SURVEY_PRODUCER,
            funder=settings.SURVEY_FUNDER,
            opened=opened,
            closed=closed,
            boards=Rate(response.boards_named, response.boards, "eligible boards"),
            returns=self.data.records.height,
            number=self.release.number,
            made=timezone.localdate(self.released_at),
            digest=self.release.extract,
            about=questionnaire.introduction,
        )


def gathered(release: Release) -> Gathered:
    """What can be deposited of this release. NotReleased unless it has been let go."""
    step = release.steps.filter(state=ReleaseState.RELEASED).first()
    if step is None:
        raise NotReleased(f"{release} has not been released: what it holds is not decided yet. Release it first.")
    found = material_of(release.wave, now=step.at, remade=release)
    return Gathered(release, found, read(release.decisions), step.at.astimezone(UTC))
