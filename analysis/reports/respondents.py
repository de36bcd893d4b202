"""The answers that a release counts, return by return: those that stood when its data were frozen."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, Subquery
from django.utils import timezone

from accounts.models import User
from accounts.store.reach import seeing_everything
from analysis.core.cube import STRATA
from analysis.core.nation.positions import Respondent
from analysis.disclosing.models import Release
from analysis.milestones.models import FrozenExtract
from respondents.contacts.eligibility import set_aside
from respondents.register.models import Appointment
from respondents.returns.models import Return, ReturnQuerySet, Submission, SubmissionQuerySet
from respondents.together.models import Contribution


def respondents_of(release: Release, returns: "Iterable[Return] | ReturnQuerySet") -> dict[UUID, Respondent]:
    """Each of these returns that the release counts, with its answers at the time; two queries."""
    sent = _sent(release).filter(survey_return__in=returns, survey_return__duplicate_of=None)
    every = sent.select_related("survey_return").order_by("number")
    return {each.survey_return_id: _respondent(each) for each in every}


def counted_in(release: Release) -> ReturnQuerySet:
    """The returns of boards that a release counts."""
    return Return.objects.in_frame().counting().filter(wave=release.wave_id, submissions__in=_sent(release)).distinct()


def known_to(release: Release, *, person: User, now: datetime) -> dict[UUID, Respondent]:
    """What this person knows of the boards that a release counts, return by return; three queries.

    Theirs are the boards that they chaired on any day of the wave, whoever chairs them by now and whoever sent their
    answers, what they sent themselves, and what they were asked to work on. The database shows a request the boards
    that its person chairs today: for this alone it is asked for more.
    """
    with seeing_everything():
        return respondents_of(release, _returns_known(release, person=person, now=now))


def _returns_known(release: Release, *, person: User, now: datetime) -> ReturnQuerySet:
    opened, today = (timezone.localdate(each) for each in (release.wave.opens_at, now))
    since = Q(until_date__isnull=True) | Q(until_date__gte=opened)
    chaired = Appointment.objects.filter(since, person=person, from_date__lte=today)
    sent, asked = _sent(release).filter(submitted_by=person), Contribution.objects.filter(person=person)
    known = Q(board__in=chaired.values("board")) | Q(pk__in=sent.values("survey_return"))
    return Return.objects.filter(known | Q(pk__in=asked.values("survey_return")), wave=release.wave_id)


def _respondent(sent: Submission) -> Respondent:
    strata = {name: str(getattr(sent.survey_return, name)) for name in STRATA}
    return Respondent(strata, {**sent.answers, **sent.texts})


def _sent(release: Release) -> "SubmissionQuerySet":
    """All that had been sent when the data of the release were frozen, by boards that were of the population then."""
    frozen = FrozenExtract.objects.filter(wave=release.wave_id, digest=release.extract).order_by("number")
    moment = frozen.values("frozen_at")[:1]
    aside = set_aside(release.wave, by=Subquery(moment))
    return Submission.objects.filter(submitted_at__lte=moment).exclude(survey_return__in=aside.values("pk"))
