"""The answers that a release counts, return by return: those that stood when its data were frozen."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, Subquery
from django.utils import timezone

from accounts.models import User
from analysis.core.cube import STRATA
from analysis.core.nation.positions import Respondent
from analysis.disclosing.models import Release
from analysis.milestones.models import FrozenExtract
from respondents.contacts.eligibility import set_aside
from respondents.register.models import Appointment
from respondents.returns.models import Return, ReturnQuerySet, Submission, SubmissionQuerySet


def respondents_of(release: Release, returns: "Iterable[Return] | ReturnQuerySet") -> dict[UUID, Respondent]:
    """Each of these returns that the release counts, with its answers at the time; two queries."""
    sent = _sent(release).filter(survey_return__in=returns, survey_return__duplicate_of=None)
    every = sent.select_related("survey_return").order_by("number")
    return {each.survey_return_id: _respondent(each) for each in every}


def counted_in(release: Release) -> ReturnQuerySet:
    """The returns of boards that a release counts."""
    return Return.objects.in_frame().counting().filter(wave=release.wave_id, submissions__in=_sent(release)).distinct()


def chaired_in(wave: int, *, person: User, now: datetime) -> ReturnQuerySet:
    """The returns of all boards in the wave that this person chairs."""
    appointments = Appointment.objects.filter(person=person).current_on(timezone.localdate(now))
    return Return.objects.filter(wave=wave, board__in=appointments.values("board"))


def known_to(release: Release, *, person: User, now: datetime) -> ReturnQuerySet:
    """The returns of all boards in the release's wave that this person chairs, or sent the answers of."""
    own, sent = chaired_in(release.wave_id, person=person, now=now), answered_by(release, person=person)
    return Return.objects.filter(Q(pk__in=own.values("pk")) | Q(pk__in=sent.values("pk")))


def answered_by(release: Release, *, person: User) -> ReturnQuerySet:
    """The returns that this person sent, of those that a release counts: they know them, whoever chairs by now."""
    return Return.objects.filter(wave=release.wave_id, submissions__in=_sent(release).filter(submitted_by=person))


def _respondent(sent: Submission) -> Respondent:
    strata = {name: str(getattr(sent.survey_return, name)) for name in STRATA}
    return Respondent(strata, {**sent.answers, **sent.texts})


def _sent(release: Release) -> "SubmissionQuerySet":
    """All that had been sent when the data of the release were frozen, by boards that were of the population then."""
    frozen = FrozenExtract.objects.filter(wave=release.wave_id, digest=release.extract).order_by("number")
    moment = frozen.values("frozen_at")[:1]
    aside = set_aside(release.wave, by=Subquery(moment))
    return Submission.objects.filter(submitted_at__lte=moment).exclude(survey_return__in=aside.values("pk"))
