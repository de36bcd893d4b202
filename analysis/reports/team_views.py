"""A door for the team: one of the other reports, read on screen."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from analysis.access import tabulates, wave_or_404
from analysis.outputs.document_pages import document_page
from analysis.reports.documents import REPORTS, document_of


@tabulates
@require_safe
def read(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """The report of this name, from the submissions that count now."""
    if name not in REPORTS:
        raise Http404
    wave = wave_or_404(slug)
    report = document_page(document_of(name, wave, now=timezone.now()))
    return render(request, "analysis/report/read.html", {"wave": wave, "report": report})
