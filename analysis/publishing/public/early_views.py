"""Doors for those who may see a publication before it is out: each page and file that they take is recorded."""

from collections.abc import Callable
from functools import partial, wraps

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.requests import SignedInRequest
from accounts.rules import signed_in
from analysis.publishing.early import note_early_download, note_early_view, seen_early
from analysis.publishing.models import Publication
from analysis.publishing.public.finding import Found, table_of
from analysis.publishing.public.handing import report_file, tables_file
from analysis.publishing.public.masthead import shown
from analysis.publishing.public.pages import one_table_page, publication_page
from analysis.publishing.standing import standings
from survey.moments import moment_in_words

PARTS = {"table": "early_table", "file": "early_file", "report": "early_report"}
Door = Callable[..., HttpResponse]


def led_on_once_out(*, to: str) -> Callable[[Door], Door]:
    """Whoever comes by an early address once it is out goes on to the public one: the link of the letter stays good."""

    def led_on(door: Door) -> Door:
        @wraps(door)
        def lead(request: SignedInRequest, slug: str, **part: str) -> HttpResponse:
            now = clock.now()
            if any(each.is_out(now=now) for each in standings(Publication.objects.filter(slug=slug))):
                return HttpResponseRedirect(reverse(f"publications:{to}", kwargs={"slug": slug, **part}))
            return door(request, slug, **part)

        return lead

    return led_on


@signed_in
@require_safe
@led_on_once_out(to="page")
def early(request: SignedInRequest, slug: str) -> HttpResponse:
    """The page for those who may see it before it is out."""
    found, now = _found(request, slug), clock.now()
    page = publication_page(found, now=now, embargo=_embargo(found), place=partial(_part, slug))
    note_early_view(found.out, what="page", person=request.user, now=now)
    return shown(request, "analysis/publishing/publication.html", {"page": page})


@signed_in
@require_safe
@led_on_once_out(to="table")
def early_table(request: SignedInRequest, slug: str, table: str) -> HttpResponse:
    """One table of it, before it is out."""
    found, now = _found(request, slug), clock.now()
    one, back = table_of(found.edition, table), reverse("publications:early", args=[slug])
    page = one_table_page(found, one, now=now, embargo=_embargo(found), back=back)
    note_early_view(found.out, what=one.id, person=request.user, now=now)
    return shown(request, "analysis/publishing/table.html", {"page": page})


@signed_in
@require_safe
@led_on_once_out(to="file")
def early_file(request: SignedInRequest, slug: str, name: str) -> HttpResponse:
    """All its tables in one file, before it is out."""
    found, now = _found(request, slug), clock.now()
    response = tables_file(found, name)
    note_early_download(found.out, what=f"tables.{name}", person=request.user, now=now)
    return response


@signed_in
@require_safe
@led_on_once_out(to="report")
def early_report(request: SignedInRequest, slug: str, ending: str) -> HttpResponse:
    """Its report as a file, before it is out."""
    found, now = _found(request, slug), clock.now()
    response = report_file(found, ending)
    note_early_download(found.out, what=f"report.{ending}", person=request.user, now=now)
    return response


def _found(request: SignedInRequest, slug: str) -> Found:
    now = clock.now()
    for standing in standings(Publication.objects.filter(slug=slug)):
        seen = seen_early(standing, person=request.user, now=now)
        if seen:
            return Found(standing, seen)
    raise Http404


def _part(slug: str, kind: str, name: str) -> str:
    return reverse(f"publications:{PARTS[kind]}", args=[slug, name]) if kind in PARTS else ""


def _embargo(found: Found) -> str:
    return (
        f"Embargoed until {moment_in_words(found.out.moment)}. You are on the pre-release access list, which is "
        "published. Do not pass on anything of it, nor say that it tends one way or the other. Each page that you open "
        "and each file that you take is recorded under your name."
    )
