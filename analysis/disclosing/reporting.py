"""Service: the report of a release, from its protected tables alone."""

from collections.abc import Callable
from datetime import datetime

from analysis.core.release.record import read
from analysis.disclosing.material import material_of
from analysis.disclosing.models import Release
from analysis.disclosing.packing import protected_tables
from analysis.reporting import set_report

Progress = Callable[[str, int, int], None]


def report_of_release(release: Release, progress: Progress, *, now: datetime) -> bytes:
    """The PDF; `progress` is told each step in words."""
    found = material_of(release.wave, remade=release)
    tables = protected_tables(found, read(release.decisions))
    audience = f"Release {release.number}. Counts that would tell what a board answered are withheld, [c]."
    return set_report(
        release.wave,
        plan=found.plan,
        tables=tables,
        whole=found.tables,
        audience=audience,
        progress=progress,
        now=now,
    )
