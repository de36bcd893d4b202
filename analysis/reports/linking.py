"""The way from a person's boards to their reports, once there are any; added to the portal when the room starts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from analysis.reports.published import published_of
from respondents.portal.further import FurtherLink
from respondents.returns.models import Return

WORDS = "Your board beside the nation"


def report_links(returns: Sequence[Return], *, now: datetime) -> Mapping[UUID, FurtherLink]:
    """A link for each return that was sent, whose person is its chair, and of whose wave something is public."""
    sent = [found for found in returns if found.standing.is_chair and found.submitted_version is not None]
    published = published_of({found.wave_id for found in sent}, now=now) if sent else {}
    return {
        found.pk: FurtherLink(reverse("beside:page", args=[found.pk]), WORDS)
        for found in sent
        if found.wave_id in published
    }
