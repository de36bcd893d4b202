"""Which release of a wave the public knows, and since when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from analysis.disclosing.models import Release
from analysis.publishing.models import Edition
from analysis.publishing.released import known_releases


@dataclass(frozen=True)
class Published:
    """A release that the public knows."""

    release: Release
    at: datetime
    edition: Edition | None = None  # that it stands in; a rehearsal has none


def published_of(waves: Iterable[int], *, now: datetime) -> dict[int, Published]:
    """The release of each of these waves that counts for the public now, by wave; two queries while none does."""
    known = known_releases({*waves}, now=now)
    kept = Release.objects.filter(pk__in=[each.current for each in known.values()]).defer("content", "tables")
    releases = {each.pk: each for each in (kept if known else ())}
    return {
        wave: Published(releases[each.current], each.since[each.current], each.edition)
        for wave, each in known.items()
        if each.current is not None
    }
