"""Doors of a board's own report: its chair reads it, and takes it away as PDF."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.rules import signed_in
from analysis.outputs.report_pdf import pictures_of
from analysis.outputs.report_word import make_word
from analysis.reports.boards import board_report
from analysis.reports.pages.beside import BesidePage, beside_page
from respondents.copies.files import PDF, WORD, attachment
from respondents.copies.press import printed
from respondents.portal.access import find_return
from respondents.portal.doors import person_of


@signed_in
@require_safe
def beside(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """The board's answers beside those of all boards."""
    return render(request, "analysis/beside/page.html", {"page": _page(request, return_id)})


@signed_in
@require_safe
def pdf(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """The same on paper."""
    page = _page(request, return_id)
    content = printed("analysis/beside/printed.html", page, pictures=pictures_of(page.document))
    return attachment(content, name="my-board-beside-the-nation", kind=PDF)


@signed_in
@require_safe
def word(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """The same as a Word document, its figures as tables."""
    page = _page(request, return_id, drawn=False)
    content = make_word(page.document, lambda *_: None)
    return attachment(content, name="my-board-beside-the-nation", kind=WORD)


def _page(request: HttpRequest, return_id: UUID, *, drawn: bool = True) -> BesidePage:
    now, person = clock.now(), person_of(request)
    found = find_return(return_id, person=person, now=now)
    report = board_report(found, person=person, now=now)
    return beside_page(report, demonstration=settings.DEMONSTRATION, drawn=drawn)
