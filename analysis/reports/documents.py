"""The reports beside the main one: each a template and its own parts, filled with the same tables."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from analysis.core.document import fill, parse
from analysis.core.document.blocks import Document
from analysis.core.release.counting import Counting
from analysis.core.topline import Asked, count_items, topline
from analysis.disclosing.accounting import parts_at
from analysis.disclosing.material import material_of as release_material
from analysis.disclosing.models import Release
from analysis.disclosing.reporting import sources_of_release
from analysis.outputs.report_material import material_of
from analysis.outputs.report_sources import Sources
from analysis.planning import PLANS
from analysis.reporting import sources_for_team
from analysis.reports.nation import nation_of
from analysis.reports.one_page import one_page_template
from analysis.reports.parts.earlier import earlier_parts
from analysis.reports.parts.making import Parts
from analysis.reports.parts.methodology import methodology_parts
from analysis.reports.parts.silent import silent_parts
from analysis.reports.parts.toplines import topline_parts
from survey.models import Wave


@dataclass(frozen=True)
class Request:
    """A report of a wave as it stands now, or of one of its releases."""

    wave: Wave
    sources: Sources
    now: datetime
    release: Release | None = None


@dataclass(frozen=True)
class Report:
    """One kind of report: what it is called, its template, its own parts, and whether a release may have it."""

    words: str
    template: Callable[[Wave], str]
    parts: Callable[[Request], Parts]
    of_releases: bool = False


def document_of(name: str, wave: Wave, *, now: datetime, release: Release | None = None) -> Document:
    """The report of this name, for the team or from a release alone; KeyError if there is none, NoPlan without one."""
    report = REPORTS[name]
    sources = sources_of_release(release, now=now) if release else sources_for_team(wave, now=now)
    material = material_of(sources)
    own = report.parts(Request(wave, sources, now, release))
    return fill(parse(report.template(wave)), replace(material, parts={**material.parts, **own}))


def topline_of(wave: Wave, *, now: datetime, release: Release | None = None) -> tuple[Asked, ...]:
    """Every question with its tables: all that was asked for the team, what a release tells from a release."""
    if release:
        plan, told = release_material(wave, now=now, remade=release).plan, nation_of(release, wave=wave).told
    else:
        found = release_material(wave, now=now)
        boards = sum(found.frame.boards.values())
        plan, told = found.plan, count_items(found.plan, counting=Counting(found.cube), boards=boards)
    return topline(wave.questionnaire, told=told, source=plan.source)


def _written(name: str) -> Callable[[Wave], str]:
    """A template that serves every survey."""
    return lambda _: (PLANS / f"{name}.report.md").read_text(encoding="utf-8")


def _topline(request: Request) -> Parts:
    asked = topline_of(request.wave, now=request.now, release=request.release)
    return topline_parts(request.wave, asked, with_words=request.release is None)


def _methodology(request: Request) -> Parts:
    if request.release:
        return parts_at(request.release)
    return methodology_parts(request.wave, request.sources.plan, now=request.now)


REPORTS: Mapping[str, Report] = {
    "topline": Report("Topline: every question and answer", _written("topline"), _topline, of_releases=True),
    "one_page": Report("Summary on one page", one_page_template, lambda _: {}, of_releases=True),
    "methodology": Report(
        "Methodology and response",
        _written("methodology"),
        _methodology,
        of_releases=True,
    ),
    "comparison": Report(
        "Beside earlier surveys",
        _written("comparison"),
        lambda request: earlier_parts(request.wave, request.sources.plan, now=request.now),
    ),
    "non_response": Report(
        "Who did not answer",
        _written("non-response"),
        lambda request: silent_parts(request.wave, now=request.now),
    ),
}
