"""Which release of a wave the public knows, and since when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from analysis.disclosing.models import Release, ReleaseState, ReleaseStep


@dataclass(frozen=True)
class Published:
    """A release that the public knows."""

    release: Release
    at: datetime


def published_of(waves: Iterable[int], *, now: datetime) -> dict[int, Published]:
    """The latest release of each of these waves that is public now, by wave; one query."""
    steps = ReleaseStep.objects.filter(state=ReleaseState.RELEASED, at__lte=now, release__wave__in={*waves})
    every = steps.select_related("release").defer("release__content").order_by("release__number")
    return {step.release.wave_id: Published(step.release, step.at) for step in every}
