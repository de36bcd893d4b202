"""A door for the team: the report or one of the others, read on screen."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from analysis.access import tabulates
from analysis.core.document.blocks import Document
from analysis.house_style.standing import dressed, house_now
from analysis.outputs.document_pages import DocumentPage, Place, screen_page
from analysis.planning import template_of
from analysis.reporting import document_for_team
from analysis.reports.documents import REPORTS, document_of
from survey.waves import find_opened_wave

MAIN = "report"


@tabulates
@require_safe
def read(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """The report of this name, from the submissions that count now."""
    wave, now = find_opened_wave(slug), timezone.now()
    if name == MAIN:
        document = document_for_team(wave, lambda *_: None, template=template_of(wave), now=now)
        report = _on_screen(document, lambda table: reverse("plan_tables:table", args=[slug, table]))
    elif name in REPORTS:
        report = _on_screen(document_of(name, wave, now=now), lambda _: "")
    else:
        raise Http404
    return render(request, "analysis/report/read.html", {"wave": wave, "report": report})


def _on_screen(document: Document, place: Place) -> DocumentPage:
    return screen_page(dressed(document, house_now()), place=place)
