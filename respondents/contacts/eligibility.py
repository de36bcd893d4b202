"""The one definition of the population: which boards of a wave's frame could answer, and which returns are counted.

A board that was decided not to be eligible, or to be on the frame twice, or that had ended by the opening, is not of
the population: it is in no N, and what it sent is kept and counted nowhere (AAPOR: neither numerator nor denominator).
One that ended later was asked while it was there: it is of the population if it sent something, else from that day not.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from accounts.append_only import AppendOnlyQuerySet
from respondents.contacts.models import DispositionWords, OutcomeDecision
from respondents.register.models import Board
from respondents.returns.models import Return, ReturnQuerySet, Submission, SubmissionQuerySet
from survey.models import Wave

By = datetime | Subquery | None
KEPT = "Its return is kept, and counted in no figure: the board is not of the population."
OUT = (DispositionWords.NOT_ELIGIBLE, DispositionWords.DUPLICATE)


def eligible_returns(wave: Wave, *, now: datetime) -> ReturnQuerySet:
    """One return per eligible board: the frame without those that left it."""
    return wave.returns.in_frame().exclude(pk__in=left_out(wave, now=now).values("pk"))


def counted_returns(*waves: Wave) -> ReturnQuerySet:
    """The returns of which every figure of these waves is made: sent, and of no board that is left out."""
    aside = _aside(waves, None)
    return Return.objects.submitted().filter(wave__in=waves).exclude(pk__in=aside.values("pk"))


def counted_submissions(wave: Wave, *, by: datetime | None = None) -> SubmissionQuerySet:
    """What each of those returns sent last; with a moment, what counted then of what had been sent by then."""
    counting = Submission.objects.counting() if by is None else Submission.objects.counting_by(by)
    aside = set_aside(wave, by=by).values("pk")
    return counting.filter(survey_return__wave=wave).exclude(survey_return__in=aside)


def set_aside(wave: Wave, *, by: By = None) -> ReturnQuerySet:
    """The returns that were sent and are kept, but counted nowhere; with a moment, as it had been decided by then."""
    return _aside([wave], by)


def left_out(wave: Wave, *, now: datetime) -> ReturnQuerySet:
    """The returns of boards that are not of the population: decided so, or ended."""
    silent = Q(submitted_version=None) & _ended(last_day(wave, has_sent=False, now=now))
    return wave.returns.in_frame().filter(_is_out([wave], None) | (silent & ~_is_decided_in([wave], None)))


def last_day(wave: Wave, *, has_sent: bool, now: datetime) -> date:
    """The day by which a board must have ended for the register to say that it could not answer."""
    return timezone.localdate(wave.opens_at if has_sent else max(wave.opens_at, min(now, wave.closes_at)))


def _aside(waves: Sequence[Wave], by: By) -> ReturnQuerySet:
    return Return.objects.submitted().in_frame().filter(wave__in=waves).filter(_is_out(waves, by))


def _is_out(waves: Sequence[Wave], by: By) -> Q:
    decided = Q(pk__in=_last_decisions(waves, by).filter(disposition__in=OUT).values("survey_return"))
    before = Q(pk__in=[])
    for wave in waves:
        before |= Q(wave=wave) & _ended(timezone.localdate(wave.opens_at))
    return decided | (before & ~_is_decided_in(waves, by))


def _ended(day: date) -> Q:
    return Q(board__in=Board.objects.filter(ended_on__lte=day).values("pk"))


def _is_decided_in(waves: Sequence[Wave], by: By) -> Q:
    inside = _last_decisions(waves, by).exclude(disposition__in=[*OUT, ""])
    return Q(pk__in=inside.values("survey_return"))


def _last_decisions(waves: Sequence[Wave], by: By) -> AppendOnlyQuerySet[OutcomeDecision]:
    known = OutcomeDecision.objects.filter(**({} if by is None else {"at__lte": by}))
    later = known.filter(survey_return=OuterRef("survey_return"), pk__gt=OuterRef("pk"))
    return known.filter(survey_return__wave__in=waves).filter(~Exists(later))
