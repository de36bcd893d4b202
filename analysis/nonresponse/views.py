"""The page on those who did not answer, and its tables to take away."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from analysis.access import tabulates, takes_tables
from analysis.nonresponse.page import NonResponsePage, non_response_page
from analysis.nonresponse.sheets import long_list, workbook
from analysis.taking import note_taken
from survey.waves import find_opened_wave

WRITERS: dict[str, tuple[str, Callable[..., bytes]]] = {
    "csv": ("text/csv; charset=utf-8", long_list),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", workbook),
}


@tabulates
@require_safe
def non_response(request: HttpRequest, slug: str) -> HttpResponse:
    """Who did not answer, and what follows for every finding."""
    return render(request, "analysis/non_response/page.html", {"page": _page(slug, now=timezone.now())})


@takes_tables
@require_POST
def take(request: SignedInRequest, slug: str, kind: str) -> HttpResponse:
    """All its tables as one file; each copy is noted."""
    now, (content_type, write) = timezone.now(), WRITERS[kind]
    page = _page(slug, now=now)
    content = write(page, now=now)
    note_taken(page.wave, what=f"non-response as {kind}", by=request.user, now=now)
    headers = {"Content-Disposition": f'attachment; filename="{slug}-non-response.{kind}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)


def _page(slug: str, *, now: datetime) -> NonResponsePage:
    return non_response_page(find_opened_wave(slug), now=now)
