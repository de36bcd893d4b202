"""What the steps of a publication are reckoned from: how it stands, its last edition, the release, the checks."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from analysis.core.table_record import read_all
from analysis.disclosing.models import Release
from analysis.disclosing.planned import plan_at
from analysis.publishing.checks import Check, table_checks
from analysis.publishing.models import Edition
from analysis.publishing.signing import checks_of
from analysis.publishing.standing import Standing
from survey.models import Wave


@dataclass(frozen=True)
class Ground:
    """What the steps are reckoned from."""

    standing: Standing
    edition: Edition | None
    now: datetime

    @property
    def wave(self) -> Wave:
        return self.standing.publication.wave

    @cached_property
    def release(self) -> Release | None:
        """The release that the edition is made from, or the last one of the wave."""
        if self.edition:
            return self.edition.release
        return self.wave.releases.defer("content", "decisions").prefetch_related("steps").order_by("-number").first()

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """Those of the edition, or while there is none those of the release."""
        if self.edition:
            return checks_of(self.edition, self.standing)
        if self.release is None:
            return ()
        tables = read_all(self.release.tables)
        return tuple(table_checks(tables, release=self.release, plan=plan_at(self.release)))


def ground_of(standing: Standing, *, now: datetime) -> Ground:
    """With the last edition, whole but for its files."""
    last = (
        Edition.objects.filter(publication=standing.publication)
        .defer("content", "release__content", "release__decisions")
        .select_related("release__wave", "sign_off__by", "prepared_by", "publication", "corrects")
        .prefetch_related("release__steps")
        .order_by("-number")
        .first()
    )
    return Ground(standing, last, now)
