"""Doors that are open to all, and the early one: find what is out at this moment, show it."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from accounts.rules import public, signed_in
from analysis.disclosing.packing import unpack
from analysis.outputs.formats import FORMATS
from analysis.publishing.early import note_early_view, seen_early
from analysis.publishing.models import Publication
from analysis.publishing.public.caching import kept_until, never_kept
from analysis.publishing.public.calendar import calendar_page
from analysis.publishing.public.feed import ReleaseFeed, entries
from analysis.publishing.public.finding import (
    Found,
    all_out,
    content_of,
    find_out,
    report_of,
    require_tables,
    table_of,
    web_of,
)
from analysis.publishing.public.listing import list_lines
from analysis.publishing.public.pages import one_table_page, publication_page, reading_page
from analysis.publishing.standing import nearest, standings
from survey.moments import moment_in_words


@public
@require_safe
@never_kept
def publications(request: HttpRequest) -> HttpResponseBase:
    """Everything that is out, the latest first."""
    now = timezone.now()
    every = standings(Publication.objects.all())
    lines = list_lines(all_out(now=now), now=now)
    response = render(request, "analysis/publishing/list.html", {"lines": lines})
    return kept_until(request, response, changed=None, changes=nearest(every, now=now), now=now)


@public
@require_safe
@never_kept
def calendar(request: HttpRequest) -> HttpResponseBase:
    """What is to come, and when."""
    now = timezone.now()
    every = standings(Publication.objects.all())
    response = render(request, "analysis/publishing/calendar.html", {"page": calendar_page(every, now=now)})
    return kept_until(request, response, changed=None, changes=nearest(every, now=now), now=now)


@public
@require_safe
@never_kept
def feed(request: HttpRequest) -> HttpResponseBase:
    """Releases, corrections and the calendar, for programs."""
    now = timezone.now()
    every = standings(Publication.objects.all())
    found = entries(every, now=now)
    response = ReleaseFeed(found)(request)
    changed = max((each.updated for each in found), default=None)
    return kept_until(request, response, changed=changed, changes=nearest(every, now=now), now=now)


@public
@require_safe
@never_kept
def page(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponseBase:
    """One publication: the edition that counts, or one before it."""
    now = timezone.now()
    found = find_out(slug, number=number, now=now)
    context = {"page": publication_page(found, now=now)}
    response = render(request, "analysis/publishing/publication.html", context)
    return kept_until(request, response, changed=None, changes=None, now=now)


@public
@require_safe
@never_kept
def table(request: HttpRequest, slug: str, table: str, number: int | None = None) -> HttpResponseBase:
    """One table of it."""
    now = timezone.now()
    found = find_out(slug, number=number, now=now)
    require_tables(found)
    context = {"page": one_table_page(found, table_of(found.edition, table), now=now)}
    response = render(request, "analysis/publishing/table.html", context)
    return kept_until(request, response, changed=None, changes=None, now=now)


@public
@require_safe
@never_kept
def file(request: HttpRequest, slug: str, name: str, number: int | None = None) -> HttpResponseBase:
    """All its tables in one file."""
    now = timezone.now()
    found = find_out(slug, number=number, now=now)
    require_tables(found)
    if name not in FORMATS:
        raise Http404
    content = unpack(content_of(found.edition), name=name)
    headers = {"Content-Disposition": f'attachment; filename="{slug}-{found.edition.number}.{name}"'}
    response = HttpResponse(content, content_type=FORMATS[name].content_type, headers=headers)
    return kept_until(request, response, changed=found.out.moment, changes=None, now=now)


@public
@require_safe
@never_kept
def report(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponseBase:
    """Its report as PDF."""
    now = timezone.now()
    found = find_out(slug, number=number, now=now)
    require_tables(found)
    headers = {"Content-Disposition": f'inline; filename="{slug}-{found.edition.number}.pdf"'}
    response = HttpResponse(report_of(found.edition), content_type="application/pdf", headers=headers)
    return kept_until(request, response, changed=found.out.moment, changes=None, now=now)


@public
@require_safe
@never_kept
def reading(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponseBase:
    """Its report to be read here."""
    now = timezone.now()
    found = find_out(slug, number=number, now=now)
    require_tables(found)
    context = {"page": reading_page(found, web_of(found.edition), now=now)}
    response = render(request, "analysis/publishing/reading.html", context)
    return kept_until(request, response, changed=None, changes=None, now=now)


@signed_in
@require_safe
def early(request: SignedInRequest, slug: str) -> HttpResponse:
    """The page for those who may see it before it is out; each look is recorded."""
    found, now = _early(request, slug), timezone.now()
    place = partial(_early_table, slug)
    context = {"page": publication_page(found, now=now, embargo=_embargo(found), place=place)}
    return render(request, "analysis/publishing/publication.html", context)


@signed_in
@require_safe
def early_table(request: SignedInRequest, slug: str, table: str) -> HttpResponse:
    """One table of it, before it is out."""
    found, now = _early(request, slug), timezone.now()
    one, back = table_of(found.edition, table), reverse("publications:early", args=[slug])
    context = {"page": one_table_page(found, one, now=now, embargo=_embargo(found), back=back)}
    return render(request, "analysis/publishing/table.html", context)


def _early(request: SignedInRequest, slug: str) -> Found:
    now = timezone.now()
    for standing in standings(Publication.objects.filter(slug=slug)):
        seen = seen_early(standing, person=request.user, now=now)
        if seen:
            note_early_view(seen, person=request.user, now=now)
            return Found(standing, seen)
    raise Http404


def _early_table(slug: str, table: str) -> str:
    return reverse("publications:early_table", args=[slug, table])


def _embargo(found: Found) -> str:
    return (
        f"Embargoed until {moment_in_words(found.out.moment)}. You are on the pre-release access list, which is "
        "published. Do not pass on anything of it, nor say that it tends one way or the other. Each time you open this "
        "page is recorded."
    )
