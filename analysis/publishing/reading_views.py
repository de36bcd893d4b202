"""Doors through which the team reads the last edition whole, as the public will have it: tables, files, web page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.requests import SignedInRequest
from analysis.publishing.public.finding import Found, table_of
from analysis.publishing.public.handing import tables_file
from analysis.publishing.public.masthead import shown
from analysis.publishing.public.pages import one_table_page, team_reading_page
from analysis.publishing.reporting import article_of
from analysis.publishing.standing import Out
from analysis.publishing.views import answers_for, ground_at, publishes
from analysis.taking import note_taken

FOR_THE_TEAM = "For the team."


@publishes
@require_safe
def table(request: HttpRequest, slug: str, publication_id: int, table: str) -> HttpResponse:
    """One table of the last edition."""
    found, back = _last(slug, publication_id)
    one = table_of(found.edition, table)
    page = one_table_page(found, one, now=found.out.moment, embargo=FOR_THE_TEAM, back=back)
    return render(request, "analysis/publishing/table.html", {"page": page})


@answers_for
@require_safe
def file(request: SignedInRequest, slug: str, publication_id: int, name: str) -> HttpResponse:
    """All tables of the last edition in one file, as the public will have it; each copy is noted."""
    found, _ = _last(slug, publication_id)
    response, wave = tables_file(found, name), found.standing.publication.wave
    note_taken(wave, what=f"{found.edition} as {name}", by=request.user, now=clock.now())
    return response


@publishes
@require_safe
def reading(request: HttpRequest, slug: str, publication_id: int) -> HttpResponse:
    """The report of the last edition as the web page that the public will read."""
    found, back = _last(slug, publication_id)
    page = team_reading_page(found, article_of(found.edition), embargo=FOR_THE_TEAM, back=back)
    return shown(request, "analysis/publishing/reading.html", {"page": page})


def _last(slug: str, publication_id: int) -> tuple[Found, str]:
    """The last edition, whether or not it is signed, and where the team reads it."""
    ground = ground_at(slug, publication_id)
    if ground.edition is None:
        raise Http404
    found = Found(ground.standing, Out(ground.edition, ground.now))
    return found, reverse("publishing:edition", args=[slug, publication_id])
