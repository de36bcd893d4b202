"""From when the releases of a wave are public, for whatever is told once they are: the embargo holds there too."""

from collections.abc import Collection
from datetime import datetime

from analysis.publishing.models import Publication
from analysis.publishing.standing import standings


def released_since(waves: Collection[int], *, now: datetime) -> dict[int, dict[int, datetime]]:
    """By wave and release the moment from which it is out; a wave without a publication is left out.

    A wave with one that is under embargo, withdrawn or not signed off has no release here.
    """
    found: dict[int, dict[int, datetime]] = {}
    for standing in standings(Publication.objects.filter(wave__in=waves).order_by("pk")):
        known = found.setdefault(standing.publication.wave_id, {})
        for out in () if standing.withdrawal else standing.out(now=now):
            known.setdefault(out.edition.release_id, out.moment)
    return found
