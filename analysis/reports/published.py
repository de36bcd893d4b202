"""Which release of a wave the public knows, and since when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from analysis.disclosing.models import Release, ReleaseState, ReleaseStep
from analysis.publishing.released import released_since


@dataclass(frozen=True)
class Published:
    """A release that the public knows."""

    release: Release
    at: datetime


def published_of(waves: Iterable[int], *, now: datetime) -> dict[int, Published]:
    """The latest release of each of these waves that is public now, by wave; two queries while none is published.

    Where a wave has a publication, a release is public once an edition made from it is out, and not before.
    """
    ids = {*waves}
    steps = ReleaseStep.objects.filter(state=ReleaseState.RELEASED, at__lte=now, release__wave__in=ids)
    every = steps.select_related("release").defer("release__content", "release__tables").order_by("release__number")
    since = released_since(ids, now=now)
    return {
        step.release.wave_id: Published(step.release, moment)
        for step in every
        if (moment := since.get(step.release.wave_id, {step.release_id: step.at}).get(step.release_id))
    }
