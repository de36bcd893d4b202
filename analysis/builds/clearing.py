"""Service: files of old builds are removed by rule; who asked for what, and when, is kept."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Window
from django.db.models.functions import RowNumber

from accounts.audit.acts import declare
from accounts.audit.recording import record
from analysis.builds.models import Build, BuildState

CLEARED = declare("build.cleared", "Removed the files of old builds")
REMOVED = "Removed because newer ones were built. Build it again to have it as things stand now."


def rule() -> str:
    """Which files are kept, in words."""
    return (
        f"The {settings.BUILDS_KEPT} newest files of each kind are kept, and all that belong to a release. "
        "Older ones are removed every night."
    )


@transaction.atomic
def clear_builds(*, now: datetime) -> int:
    """Removes the files that the rule does not keep; says how many, and records it if there were any."""
    done = Build.objects.filter(pk__in=_old()).update(state=BuildState.CLEARED, content=None, doing=REMOVED)
    if done:
        record(CLEARED, by=None, about="Builds", detail={"files": done}, now=now)
    return done


def _old() -> list[UUID]:
    """Finished builds that belong to no release and have as many newer ones as are kept."""
    place = Window(RowNumber(), partition_by=[F("wave"), F("kind"), F("subject")], order_by=F("requested_at").desc())
    placed = Build.objects.filter(state=BuildState.DONE, number=None).annotate(place=place)
    return list(placed.filter(place__gt=settings.BUILDS_KEPT).values_list("pk", flat=True))
