"""From when the releases of a wave are public, for whatever is told once they are: the embargo holds there too."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from analysis.disclosing.models import ReleaseState, ReleaseStep
from analysis.publishing.models import Edition, Publication
from analysis.publishing.standing import standings


@dataclass
class Known:
    """The releases of a wave that are out, each since its moment, and the one that counts; none while none is.

    `edition` is the one that it stands in; a rehearsal has none.
    """

    since: dict[int, datetime] = field(default_factory=dict)
    current: int | None = None
    edition: Edition | None = None


def known_releases(waves: Collection[int], *, now: datetime) -> dict[int, Known]:
    """By wave what the public knows; a wave of which nothing is known is left out.

    A release is out once a signed edition made from it is, and not before; a withdrawn publication has none here. The
    release that counts is that of the edition that does, which may be an earlier one again. A rehearsal is never
    published: there it is the last that was let go.
    """
    found: dict[int, Known] = {}
    steps = ReleaseStep.objects.filter(state=ReleaseState.RELEASED, at__lte=now, release__wave__is_test=True)
    let_go = steps.filter(release__wave__in=waves).order_by("release__number")
    for wave, release, at in let_go.values_list("release__wave", "release", "at"):
        _add(found, wave, release, at)
    every = standings(Publication.objects.filter(wave__in=waves, withdrawal=None).order_by("pk"))
    outs = ((out.moment, each, out.edition) for each in every for out in each.out(now=now))
    for at, each, edition in sorted(outs, key=lambda one: (one[0], one[1].publication.pk, one[2].number)):
        _add(found, each.publication.wave_id, edition.release_id, at)
        found[each.publication.wave_id].edition = edition
    return found


def _add(found: dict[int, Known], wave: int, release: int, at: datetime) -> None:
    known = found.setdefault(wave, Known())
    known.since.setdefault(release, at)
    known.current = release
