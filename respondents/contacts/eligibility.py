"""The one definition of the population: which boards of a wave's frame could answer, so that every rate is of them."""

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone

from accounts.append_only import AppendOnlyQuerySet
from respondents.contacts.models import DispositionWords, OutcomeDecision
from respondents.returns.models import ReturnQuerySet
from survey.models import Wave

OUT = (DispositionWords.NOT_ELIGIBLE, DispositionWords.DUPLICATE)


def eligible_returns(wave: Wave) -> ReturnQuerySet:
    """One return per eligible board: the frame without those that left it. A board whose return counts is eligible."""
    return wave.returns.in_frame().exclude(pk__in=left_out(wave).values("pk"))


def left_out(wave: Wave) -> ReturnQuerySet:
    """The returns of boards that sent nothing and were decided not to be eligible, or had ended by the close."""
    last = _last_decisions(wave)
    decided_out = Q(pk__in=last.filter(disposition__in=OUT).values("survey_return"))
    decided_in = Q(pk__in=last.exclude(disposition__in=[*OUT, ""]).values("survey_return"))
    closed = timezone.localdate(wave.closes_at)
    ended = Q(board__ended_on__lte=closed) & Q(board__ended_on__lte=Now()) & ~decided_in
    return wave.returns.in_frame().filter(submitted_version=None).filter(decided_out | ended)


def _last_decisions(wave: Wave) -> AppendOnlyQuerySet[OutcomeDecision]:
    later = OutcomeDecision.objects.filter(survey_return=OuterRef("survey_return"), pk__gt=OuterRef("pk"))
    return OutcomeDecision.objects.filter(survey_return__wave=wave).filter(~Exists(later))
