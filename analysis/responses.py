"""Who could answer and who did: as it stands now, or as it stood when the data were frozen."""

from collections import Counter
from dataclasses import replace
from datetime import datetime

from django.db.models import Count, Q

from analysis.milestones.models import FrozenExtract
from analysis.outputs.report_sources import Response
from respondents.contacts.disposition import Disposition
from respondents.contacts.eligibility import left_out
from respondents.contacts.outcomes import outcomes_of
from respondents.returns.models import FrameAuthority, Submission
from survey.models import Wave


def response_of(wave: Wave) -> Response:
    """Boards, persons and authorities that could answer and that did, each counted in its own unit."""
    submitted = wave.returns.submitted()
    counting = Submission.objects.counting().filter(survey_return__wave=wave)
    out = left_out(wave).values("pk")
    authorities = FrameAuthority.objects.filter(survey_return__wave=wave).exclude(survey_return__in=out)
    returns = wave.returns.aggregate(
        returns=Count("pk", filter=Q(pk__in=submitted)),
        boards=Count("pk", filter=Q(board__isnull=False) & ~Q(pk__in=out)),
        not_eligible=Count("pk", filter=Q(pk__in=out)),
        boards_named=Count("pk", filter=Q(pk__in=submitted.in_frame())),
    )
    covered = authorities.aggregate(
        authorities=Count("pk"), authorities_covered=Count("pk", filter=Q(survey_return__in=submitted))
    )
    chairs = counting.aggregate(chairs=Count("submitted_by", distinct=True))
    return Response(**returns, **covered, **chairs)


def response_at_freezing(wave: Wave, *, now: datetime) -> Response:
    """The same with the outcomes of boards, from which RR1 and RR2 follow (M4): kept with the data."""
    found = Counter(each.disposition for each in outcomes_of(wave, now=now).values())
    return replace(response_of(wave), complete=found[Disposition.COMPLETE], partial=found[Disposition.PARTIAL])


def frozen_response(wave: Wave, *, digest: str) -> Response | None:
    """The same as it was kept with the frozen data of this digest; nothing where there are none."""
    kept = FrozenExtract.objects.filter(wave=wave, digest=digest).values_list("response", flat=True).first()
    return None if kept is None else Response(**kept)
