"""What a release of a wave is decided from: the frozen data, or while there are none the answers that count now."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property

from django.db.models import Count, Max

from accounts.digests import digest_of
from analysis.comparators.standing import beside_recorded, recorded
from analysis.core.coded import Coded
from analysis.core.cube import Cube, count, join
from analysis.core.eligible import Eligible
from analysis.core.eligible import written as written_eligible
from analysis.core.evenness import with_evenness
from analysis.core.national import Response
from analysis.core.outcomes import with_outcomes
from analysis.core.plan import Plan
from analysis.core.release.copies import Copy, written
from analysis.core.release.decisions import Choices
from analysis.core.release.earlier import Earlier
from analysis.core.release.participation import Frame
from analysis.core.table import Table
from analysis.core.tabulate import whole_tables
from analysis.disclosing.choosing import choices_of
from analysis.disclosing.codings import kept_codings, read_codings
from analysis.disclosing.models import Release
from analysis.disclosing.planned import plan_at
from analysis.disclosing.refusals import NotKept
from analysis.disclosing.released import released, told_by
from analysis.exploring.taken import copies_before
from analysis.extracts import Extract, eligible_of, read_extract
from analysis.frozen import frozen_eligible, read_frozen
from analysis.milestones.models import FrozenExtract
from analysis.opentext.tabling import coded_counts, response_now
from analysis.outcomes import frozen_outcomes
from analysis.planning import plan_digest, plan_of
from respondents.contacts.eligibility import counted_submissions
from survey.models import Wave


@dataclass(frozen=True)
class Material:
    """A wave with its plan, its choices and the releases before; the answers are read when they are needed."""

    wave: Wave
    plan: Plan
    choices: Choices
    frozen: FrozenExtract | None
    released: tuple[Release, ...]
    now: datetime
    remade: Release | None = None  # the release that is made once more, from what it was made from

    @cached_property
    def extract(self) -> str:
        """The digest of the frozen data, or what tells the answers of now from those of another moment."""
        if self.frozen is not None:
            return self.frozen.digest
        self._refuse_if_gone()
        counted = counted_submissions(self.wave).aggregate(many=Count("pk"), last=Max("pk"))
        return digest_of([*counted.values(), written_eligible(self.eligible)])

    @property
    def data(self) -> str:
        """The digest of what the tables are counted from: the same where only an outcome was decided otherwise."""
        return (self.frozen.data if self.frozen is not None else "") or self.extract

    @cached_property
    def plan_digest(self) -> str:
        return plan_digest(self.wave.plan)

    @property
    def key(self) -> str:
        """The same as long as nothing has changed that a decision depends on."""
        chosen = [self.choices.smallest, sorted(self.choices.left_out)]
        made_of = [self.extract, self.plan_digest, self.wave.questionnaire.digest, kept_codings(self.coded)]
        return digest_of([*made_of, chosen, self.after, [written(copy) for copy in self.copies]])

    @property
    def after(self) -> list[int]:
        """The numbers of the releases before."""
        return [release.number for release in self.released]

    @property
    def earlier(self) -> tuple[Earlier, ...]:
        """What the releases before have told."""
        return told_by(self.released)

    @cached_property
    def answers(self) -> Extract:
        """The answers themselves."""
        if self.frozen is None:
            self._refuse_if_gone()
            return read_extract(self.wave)
        content = bytes(self.frozen.content)
        return read_frozen(content, digest=self.frozen.digest, questionnaire=self.wave.questionnaire)

    def _refuse_if_gone(self) -> None:
        """The answers of now are not those that a release was made from."""
        if self.remade is not None:
            raise NotKept(f"The frozen data of {self.remade} are not there, so nothing is made of it. Restore them.")

    @cached_property
    def cube(self) -> Cube:
        """All answers, counted."""
        counted = count(self.answers.frame, questionnaire=self.answers.questionnaire)
        return join(counted, self.answers.frame, pairs=self.plan.pairs)

    @cached_property
    def frame(self) -> Frame:
        """How many eligible boards there are of each type in each region."""
        return self.eligible.frame

    @cached_property
    def eligible(self) -> Eligible:
        """Who could answer: as it was frozen with the answers, or as it is now."""
        kept = frozen_eligible(bytes(self.frozen.content)) if self.frozen is not None else None
        return kept or eligible_of(self.wave, now=self.now)

    @cached_property
    def coded(self) -> tuple[Coded, ...]:
        """What the codings come to: those of the release that is made once more, or as they are now."""
        if self.remade is not None:
            return tuple(read_codings(self.remade.codings, plan=self.plan))
        return self.coded_now

    @cached_property
    def coded_now(self) -> tuple[Coded, ...]:
        """By the codes of now over the answers that all other tables are made of: those that were frozen."""
        frozen_at = self.frozen.frozen_at if self.frozen is not None else None
        return tuple(coded_counts(self.wave, self.plan, response=cache(self._response), by=frozen_at))

    def _response(self) -> Response:
        """How many submissions the codes are counted over: `analysis.core.release.codes` holds them to the tables."""
        if self.frozen is None:
            return response_now(self.wave, now=self.now)
        counted = counted_submissions(self.wave, by=self.frozen.frozen_at)
        return Response(counted.count(), sum(self.frame.boards.values()))

    @cached_property
    def copies(self) -> tuple[Copy, ...]:
        """What copies of single tables have told."""
        return copies_before(self.wave)

    @cached_property
    def comparators(self) -> list[list[str]]:
        """The name and the digest of each imported survey that stands beside the tables."""
        return recorded(self.wave) if self.remade is None else self.remade.comparators

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The national tables with nothing withheld, beside other surveys; those of codes last."""
        population = self.eligible.population
        whole = whole_tables(self.cube, plan=self.plan, population=population)
        beside = beside_recorded(whole, self.comparators, wave=self.wave)
        outcomes = frozen_outcomes(self.wave, plan=self.plan, digest=self.extract) if self.frozen is not None else ()
        every = (*with_outcomes(beside, outcomes), *(each.table(source=self.plan.source) for each in self.coded))
        return with_evenness(every, cube=self.cube, population=population, unit=self.plan.unit)


def material_of(wave: Wave, *, now: datetime, remade: Release | None = None) -> Material:
    """What a release is decided from now, or what this one was decided from; NoPlan if the wave has no plan."""
    frozen = wave.frozen_extracts.order_by("-number")
    if remade is not None:
        frozen = frozen.filter(digest=remade.extract)
    return Material(
        wave=wave,
        plan=plan_of(wave) if remade is None else plan_at(remade),
        choices=choices_of(wave),
        frozen=frozen.first(),
        released=released(wave),
        now=now,
        remade=remade,
    )
