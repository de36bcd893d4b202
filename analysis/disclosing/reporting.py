"""Service: the report of a release, from its protected tables alone."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from analysis.builds.models import Build
from analysis.core.document import fill, parse
from analysis.core.document.blocks import Document
from analysis.core.release.record import read
from analysis.core.table import Table
from analysis.core.table_record import read_all
from analysis.disclosing.accounting import fieldwork_at, response_at
from analysis.disclosing.material import Material
from analysis.disclosing.material import material_of as release_material
from analysis.disclosing.models import Release
from analysis.disclosing.packing import protected_tables
from analysis.disclosing.planned import template_text_at
from analysis.house_style.standing import dressed, house_for_build
from analysis.opentext.printing import printed_quotes
from analysis.outputs.report_material import material_of
from analysis.outputs.report_pdf import STEPS
from analysis.outputs.report_sources import Sources
from analysis.templating.noting import template_for_build
from analysis.templating.picturing import pictures_at
from analysis.templating.versions import used_of

Progress = Callable[[str, int, int], None]


def gather_release(build: Build, progress: Progress, *, now: datetime) -> Document:
    """What the report of the build's release says."""
    progress("Counting answers", 1, STEPS)
    release = build.wave.releases.get(number=build.number or 0)
    document = fill(
        template_for_build(build, came=template_text_at(release)), material_of(sources_of_release(release, now=now))
    )
    return dressed(document, house_for_build(build))


def document_of_release(release: Release, *, now: datetime) -> Document:
    """The report of this release in the text that stood at this moment, made once more from what it was made from."""
    template = parse(used_of(release.wave, came=template_text_at(release), at=now).text)
    return fill(template, material_of(sources_of_release(release, now=now)))


def sources_of_release(release: Release, *, now: datetime, tables: tuple[Table, ...] | None = None) -> Sources:
    """What is reported of a release: its protected tables, or these made of them, and what may be said beside them.

    Who answered is told as it was frozen with the answers, how the survey was done as it was kept with the release; no
    quote is newer than the release, or than what was made. NotKept where either is not there.
    """
    found = release_material(release.wave, now=now, remade=release)
    return Sources(
        plan=found.plan,
        tables=_as_released(release, found) if tables is None else tables,
        response=response_at(release),
        fieldwork=fieldwork_at(release),
        made_on=timezone.localdate(now),
        demonstration=settings.DEMONSTRATION,
        audience=f"Release {release.number}. Counts that would tell what a board answered are withheld, [c].",
        whole=found.tables,
        quotes=printed_quotes(release.wave, at=release.prepared_at if tables is None else now),
        pictures=pictures_at(release.wave, now),
    )


def _as_released(release: Release, found: Material) -> tuple[Table, ...]:
    """The very tables that were kept with it; of a release that has none, what its decisions make of its data."""
    return read_all(release.tables) or protected_tables(found, read(release.decisions))
