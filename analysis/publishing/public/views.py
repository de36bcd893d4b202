"""Doors that are open to all: find what is out at this moment, show it."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.rules import public
from analysis.publishing.models import Publication
from analysis.publishing.public.caching import kept_until, never_kept
from analysis.publishing.public.calendar import calendar_page
from analysis.publishing.public.feed import ReleaseFeed, entries
from analysis.publishing.public.finding import (
    all_out,
    find_out,
    report_of,
    require_tables,
    table_of,
)
from analysis.publishing.public.handing import report_file, tables_file
from analysis.publishing.public.listing import list_lines
from analysis.publishing.public.masthead import shown
from analysis.publishing.public.pages import one_table_page, publication_page, reading_page
from analysis.publishing.standing import nearest, standings


@public
@require_safe
@never_kept
def publications(request: HttpRequest) -> HttpResponseBase:
    """Everything that is out, the latest first."""
    now = clock.now()
    every = standings(Publication.objects.all())
    lines = list_lines(all_out(now=now), now=now)
    response = shown(request, "analysis/publishing/list.html", {"lines": lines})
    return kept_until(request, response, changed=None, changes=nearest(every, now=now), now=now)


@public
@require_safe
@never_kept
def calendar(request: HttpRequest) -> HttpResponseBase:
    """What is to come, and when."""
    now = clock.now()
    every = standings(Publication.objects.all())
    response = shown(request, "analysis/publishing/calendar.html", {"page": calendar_page(every, now=now)})
    return kept_until(request, response, changed=None, changes=nearest(every, now=now), now=now)


@public
@require_safe
@never_kept
def feed(request: HttpRequest) -> HttpResponseBase:
    """Releases, corrections and the calendar, for programs."""
    now = clock.now()
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
    now = clock.now()
    found = find_out(slug, number=number, now=now)
    context = {"page": publication_page(found, now=now)}
    response = shown(request, "analysis/publishing/publication.html", context)
    return kept_until(request, response, changed=None, changes=None, now=now)


@public
@require_safe
@never_kept
def table(request: HttpRequest, slug: str, table: str, number: int | None = None) -> HttpResponseBase:
    """One table of it."""
    now = clock.now()
    found = find_out(slug, number=number, now=now)
    require_tables(found)
    context = {"page": one_table_page(found, table_of(found.edition, table), now=now)}
    response = shown(request, "analysis/publishing/table.html", context)
    return kept_until(request, response, changed=None, changes=None, now=now)


@public
@require_safe
@never_kept
def file(request: HttpRequest, slug: str, name: str, number: int | None = None) -> HttpResponseBase:
    """All its tables in one file."""
    now = clock.now()
    found = find_out(slug, number=number, now=now)
    require_tables(found)
    response = tables_file(found, name)
    return kept_until(request, response, changed=found.out.moment, changes=None, now=now)


@public
@require_safe
@never_kept
def report(request: HttpRequest, slug: str, ending: str, number: int | None = None) -> HttpResponseBase:
    """Its report as a file: as PDF, or to be edited."""
    now = clock.now()
    found = find_out(slug, number=number, now=now)
    require_tables(found)
    response = report_file(found, ending)
    return kept_until(request, response, changed=found.out.moment, changes=None, now=now)


@public
@require_safe
@never_kept
def reading(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponseBase:
    """Its report to be read here."""
    now = clock.now()
    found = find_out(slug, number=number, now=now)
    require_tables(found)
    context = {"page": reading_page(found, report_of(found.edition, form="html").decode(), now=now)}
    response = shown(request, "analysis/publishing/reading.html", context)
    return kept_until(request, response, changed=None, changes=None, now=now)
