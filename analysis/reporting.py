"""Service: the report of a wave, from the submissions that count now."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import cast

from django.conf import settings
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from analysis.builds.models import Build
from analysis.core.document import Template, fill
from analysis.core.document.blocks import Document, PictureBlock
from analysis.extracts import read_standing
from analysis.house_style.standing import dressed, house_for_build, house_now
from analysis.marking import marked
from analysis.nonresponse.printing import printed_silence, weighted_tables_of
from analysis.opentext.printing import printed_quotes
from analysis.outputs.report_material import material_of
from analysis.outputs.report_pdf import STEPS, make_report
from analysis.outputs.report_sources import Sources
from analysis.planning import plan_of, template_of
from analysis.responses import response_of
from analysis.tabulation import tables_of
from analysis.templating.noting import template_for_build
from analysis.templating.picturing import pictures_at
from survey.models import Wave
from survey.waves import fieldwork_of

FOR_THE_TEAM = "For the team: its tables are not protected. What may leave stands in a release."
Progress = Callable[[str, int, int], None]


def gather_report(build: Build, progress: Progress, *, now: datetime) -> Document:
    """What the report of the build's wave says now."""
    document = document_for_team(build.wave, progress, template=template_for_build(build), now=now)
    return dressed(document, house_for_build(build))


def report_of(wave: Wave, progress: Progress, *, now: datetime) -> bytes:
    """The PDF, made here and now; `progress` is told each step in words. NoPlan if the wave has no analysis plan."""
    document = document_for_team(wave, progress, template=template_of(wave), now=now)
    return make_report(dressed(document, house_now()), progress)


def document_for_team(wave: Wave, progress: Progress, *, template: Template, now: datetime) -> Document:
    """The report for the team, with nothing withheld; NoPlan if the wave has no analysis plan."""
    progress("Counting answers", 1, STEPS)
    return fill(template, material_of(sources_for_team(wave, now=now)))


def sources_for_team(wave: Wave, *, now: datetime) -> Sources:
    """What is reported to the team: from the submissions that count now."""
    standing = read_standing(wave, now=now)
    return Sources(
        plan=plan_of(wave),
        tables=marked(tables_of(wave, now=now, standing=standing), wave=wave, now=now),
        response=response_of(wave, now=now, population=standing.population),
        fieldwork=fieldwork_of(wave),
        made_on=timezone.localdate(now),
        demonstration=settings.DEMONSTRATION,
        silence=printed_silence(wave, now=now, standing=standing),
        weighted=weighted_tables_of(wave, now=now, standing=standing),
        audience=FOR_THE_TEAM,
        quotes=printed_quotes(wave),
        # Looked for only where the text shows one.
        pictures=cast("Mapping[str, PictureBlock]", SimpleLazyObject(lambda: pictures_at(wave, now))),
    )
