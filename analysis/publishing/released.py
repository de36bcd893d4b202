"""From when the releases of a wave are public, for whatever is told once they are: the embargo holds there too."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from analysis.disclosing.models import ReleaseState, ReleaseStep
from analysis.publishing.models import Publication
from analysis.publishing.standing import Standing, standings


@dataclass
class Known:
    """The releases of a wave that are out, each since its moment, and the one that counts; none while none is."""

    since: dict[int, datetime] = field(default_factory=dict)
    current: int | None = None


def known_releases(waves: Collection[int], *, now: datetime) -> dict[int, Known]:
    """By wave what the public knows; a wave of which nothing is known is left out.

    Where a wave has a publication, a release is out once an edition made from it is, and not before; but for those that
    were let go before the publication was started. A withdrawn publication has no release here. The release that counts
    is that of the edition that does, which may be an earlier one again; without an edition it is the last let go.
    """
    started: dict[int, list[Standing]] = {}
    for standing in standings(Publication.objects.filter(wave__in=waves).order_by("pk")):
        started.setdefault(standing.publication.wave_id, []).append(standing)
    steps = ReleaseStep.objects.filter(state=ReleaseState.RELEASED, at__lte=now, release__wave__in=waves)
    every = [each for those in started.values() for each in those if each.withdrawal]
    taken_back = {edition.release_id for each in every for edition in each.editions}
    found: dict[int, Known] = {}
    for wave, release, at in steps.order_by("release__number").values_list("release__wave", "release", "at"):
        if release not in taken_back and all(at < each.publication.started_at for each in started.get(wave, ())):
            known = found.setdefault(wave, Known())
            known.since[release], known.current = at, release
    for wave, those in started.items():
        if any(each.out(now=now) for each in those if not each.withdrawal):
            _add_editions(found.setdefault(wave, Known()), those, now=now)
    return found


def _add_editions(known: Known, those: Iterable[Standing], *, now: datetime) -> None:
    every = sorted(
        (out.moment, each.publication.pk, out.edition.number, out.edition.release_id)
        for each in those
        if not each.withdrawal
        for out in each.out(now=now)
    )
    for moment, _, _, release in every:
        known.since.setdefault(release, moment)
        known.current = release
