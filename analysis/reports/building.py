"""The other reports as builds: gathered from the database, made in a confined process."""

from collections.abc import Callable
from datetime import datetime

from analysis.builds.models import Build
from analysis.core.document.blocks import Document
from analysis.covering import covered
from analysis.disclosing.models import Release
from analysis.disclosing.planned import plan_at
from analysis.disclosing.released import released
from analysis.house_style.standing import dressed, house_for_build
from analysis.monitoring.tallying import tally_wave
from analysis.outputs.formats import FORMATS
from analysis.outputs.report_pdf import STEPS
from analysis.outputs.table_set import TableSet
from analysis.planning import plan_of
from analysis.reports.documents import document_of, topline_of
from analysis.reports.refusals import NotPublished
from survey.models import Wave

Progress = Callable[[str, int, int], None]
OF_RELEASE, PDF, XLSX = "released_", "_pdf", "_xlsx"


def gather(build: Build, progress: Progress, *, now: datetime) -> Document:
    """What the report says that the build's kind names; for the team the tally is made anew where it is out of date."""
    progress("Counting answers", 1, STEPS)
    name, release = build.kind.removeprefix(OF_RELEASE).removesuffix(PDF), _release(build)
    if release is None:
        tally_wave(build.wave, now=now)
    document = document_of(name, build.wave, now=now, release=release)
    return dressed(document, house_for_build(build))


def gather_sheet(build: Build, progress: Progress, *, now: datetime) -> TableSet:
    """The tables of the topline."""
    progress("Counting answers", 1, 2)
    release = _release(build)
    tables = [table for asked in topline_of(build.wave, now=now, release=release) for table in asked.tables]
    facts = (("Release", f"{release.number}"),) if release else (("For", "the team: nothing is withheld"),)
    house = house_for_build(build)
    return covered(
        tables,
        wave=build.wave,
        plan=plan_at(release) if release else plan_of(build.wave),
        made=now,
        facts=facts,
        house=house,
    )


def make_sheet(tables: TableSet, progress: Progress) -> bytes:
    """The workbook."""
    progress("Writing the workbook", 2, 2)
    return FORMATS["xlsx"].render(tables)


def _release(build: Build) -> Release | None:
    return last_release(build.wave) if build.kind.startswith(OF_RELEASE) else None


def last_release(wave: Wave) -> Release:
    """The latest that was released; NotPublished if none was."""
    found = released(wave)
    if not found:
        raise NotPublished(f"Nothing of {wave.title} has been released yet. Ask for the report for the team instead.")
    return found[-1]
