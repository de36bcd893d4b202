"""Service: the report of a release, from its protected tables alone."""

from collections.abc import Callable
from datetime import datetime

from analysis.builds.models import Build
from analysis.core.release.record import read
from analysis.disclosing.material import material_of
from analysis.disclosing.models import Release
from analysis.disclosing.packing import protected_tables
from analysis.outputs.report_content import ReportContent
from analysis.outputs.report_pdf import STEPS
from analysis.reporting import content_of

Progress = Callable[[str, int, int], None]


def gather_release(build: Build, progress: Progress, *, now: datetime) -> ReportContent:
    """What the report of the build's release says."""
    progress("Counting answers", 1, STEPS)
    return content_of_release(build.wave.releases.get(number=build.number or 0), now=now)


def content_of_release(release: Release, *, now: datetime) -> ReportContent:
    """All that the report of this release says, made once more from what it was made from."""
    found = material_of(release.wave, remade=release)
    tables = protected_tables(found, read(release.decisions))
    audience = f"Release {release.number}. Counts that would tell what a board answered are withheld, [c]."
    return content_of(release.wave, plan=found.plan, tables=tables, whole=found.tables, audience=audience, now=now)
