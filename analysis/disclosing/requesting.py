"""Services: the report of a release is asked for in every form, and found once it is built."""

from datetime import datetime

from accounts.models import User
from analysis.builds.kinds import Kind
from analysis.builds.models import Build, BuildState
from analysis.builds.requesting import Ring, request_build
from analysis.disclosing.builds import REPORTS
from analysis.disclosing.models import Release


def request_reports(release: Release, *, person: User, now: datetime, ring: Ring) -> None:
    """Asks for the report in every form, unless a worker is at it already."""
    for kind in REPORTS.values():
        request_build(release.wave, kind=kind, number=release.number, person=person, now=now, ring=ring)


def finished_report(release: Release, kind: Kind) -> Build | None:
    """The report in this form, if a worker has built it."""
    return release.wave.builds.filter(kind=kind.name, number=release.number, state=BuildState.DONE).first()
