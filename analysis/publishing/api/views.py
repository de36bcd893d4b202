"""Doors of the API: find what is out at this moment, tell it."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.rules import public
from analysis.publishing.api.answers import BadQuestion, answers
from analysis.publishing.api.description import description
from analysis.publishing.api.documents import (
    publication_document,
    publication_line,
    tables_document,
    whole,
)
from analysis.publishing.api.tables import ONE_TABLE, split_name
from analysis.publishing.models import Publication
from analysis.publishing.public.caching import kept_until
from analysis.publishing.public.finding import Found, all_out, find_out, require_tables, table_of
from analysis.publishing.public.masthead import shown
from analysis.publishing.standing import nearest, standings


@public
@csrf_exempt
@answers
def start(request: HttpRequest) -> HttpResponseBase:
    """Where everything is."""
    links = {name: whole(f"api:{name}") for name in ("publications", "openapi")}
    return _told(request, {"links": {**links, "documentation": whole("api:guide")}}, changes=None)


@public
@csrf_exempt
@answers
def publications(request: HttpRequest) -> HttpResponseBase:
    """Everything that is out."""
    now = clock.now()
    lines = [publication_line(each, now=now) for each in all_out(now=now)]
    return _told(request, {"publications": lines}, changes=nearest(standings(Publication.objects.all()), now=now))


@public
@csrf_exempt
@answers
def publication(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One publication."""
    now = clock.now()
    found = find_out(slug, now=now)
    return _told(request, publication_document(found, now=now), changed=_changed(found), changes=None)


@public
@csrf_exempt
@answers
def tables(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Its tables."""
    found = _edition(request, slug)
    return _told(request, tables_document(found), changed=_changed(found), changes=None)


@public
@csrf_exempt
@answers
def table(request: HttpRequest, slug: str, file: str) -> HttpResponseBase:
    """One table in one format."""
    try:
        id_, name = split_name(file)
    except LookupError:
        raise Http404 from None
    found = _edition(request, slug)
    one = ONE_TABLE[name]
    response = HttpResponse(one.render(table_of(found.edition, id_)), content_type=one.content_type)
    response["Content-Disposition"] = f'inline; filename="{slug}-{file}"'
    return kept_until(request, response, changed=_changed(found), changes=None, now=clock.now())


@public
@csrf_exempt
@answers
def openapi(request: HttpRequest) -> HttpResponseBase:
    """The description of all this, as OpenAPI 3.1."""
    return _told(request, description(settings.SITE_URL), changes=None)


@public
@csrf_exempt
@answers
def nothing(request: HttpRequest, rest: str) -> HttpResponseBase:
    """Any other address."""
    raise Http404


@public
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """The API for people: what there is, with an example of each."""
    context = {"site": settings.SITE_URL, "limit": settings.API_REQUESTS_A_MINUTE}
    return shown(request, "analysis/publishing/api.html", context)


def _edition(request: HttpRequest, slug: str) -> Found:
    """The edition that counts, or the one that is asked for; Withdrawn if its tables are gone."""
    asked = request.GET.get("edition")
    if asked is not None and not (asked.isdecimal() and len(asked) < 6):
        raise BadQuestion("edition is the number of an edition, such as 1. Leave it out for the current one.")
    found = find_out(slug, number=None if asked is None else int(asked), now=clock.now())
    require_tables(found)
    return found


def _changed(found: Found) -> datetime:
    withdrawal = found.standing.withdrawal
    return withdrawal.at if withdrawal else found.standing.out(now=clock.now())[-1].moment


def _told(
    request: HttpRequest, document: dict[str, Any], *, changed: datetime | None = None, changes: datetime | None
) -> HttpResponseBase:
    content = json.dumps(document, ensure_ascii=False, indent=1)
    response = HttpResponse(content, content_type="application/json")
    return kept_until(request, response, changed=changed, changes=changes, now=clock.now())
