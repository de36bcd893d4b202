"""Who could answer and who did: as it stands now, or as it stood when the data were frozen."""

from collections import Counter
from dataclasses import asdict, replace
from datetime import datetime

from django.db.models import Count

from analysis.core.cube import STRATA
from analysis.core.outcomes import Outcomes
from analysis.core.shape import Population
from analysis.extracts import population_of
from analysis.milestones.models import FrozenExtract
from analysis.outputs.report_sources import Response
from respondents.contacts.disposition import Disposition
from respondents.contacts.eligibility import counted_submissions
from respondents.contacts.outcomes import outcomes_of, settings_of
from survey.models import Wave


def response_of(wave: Wave, *, now: datetime, population: Population | None = None) -> Response:
    """Boards, persons and authorities that could answer and that did, each counted in its own unit.

    `population` is who could answer, where that was read already.
    """
    could, one = population or population_of(wave, now=now), STRATA[0]
    did = counted_submissions(wave).aggregate(
        returns=Count("survey_return", distinct=True),
        boards_named=Count("survey_return__board", distinct=True),
        chairs=Count("submitted_by", distinct=True),
        authorities_covered=Count("survey_return__frame_authorities", distinct=True),
    )
    return Response(
        boards=sum(could.boards[one].values()),
        authorities=sum(could.authorities[one].values()),
        not_eligible=could.not_eligible,
        **did,
    )


def response_at_freezing(wave: Wave, *, now: datetime) -> Response:
    """The same with the outcomes of boards, from which RR1 and RR2 follow (M4): kept with the data."""
    found = Counter(each.disposition for each in outcomes_of(wave, now=now).values())
    cut, response = settings_of(wave).cut_offs, response_of(wave, now=now)
    counts = {each.value: found[each] for each in Disposition}
    outcomes = Outcomes(counts, cut.partial_from, cut.complete_above, response.unattributed)
    return replace(response, complete=outcomes.complete, partial=outcomes.partial, outcomes=asdict(outcomes))


def frozen_response(wave: Wave, *, digest: str) -> Response | None:
    """The same as it was kept with the frozen data of this digest; nothing where there are none."""
    kept = FrozenExtract.objects.filter(wave=wave, digest=digest).values_list("response", flat=True).first()
    return None if kept is None else Response(**kept)
