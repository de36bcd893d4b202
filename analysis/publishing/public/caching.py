"""How long what the public sees may be kept: never across a moment at which something comes out."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.defaults import page_not_found

from accounts.refusals import Refusal

LONGEST = 60  # seconds after which every copy asks again: a correction or withdrawal is seen within a minute
View = Callable[..., HttpResponseBase]


def kept_until(
    request: HttpRequest, response: HttpResponse, *, changed: datetime | None, changes: datetime | None, now: datetime
) -> HttpResponseBase:
    """The response with what caches must know, or “not modified”. `changes` is when the clock alone changes it."""
    etag = quote_etag(sha256(response.content).hexdigest())
    seconds = LONGEST if changes is None else max(0, min(LONGEST, int((changes - now).total_seconds())))
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={seconds}, must-revalidate"
    stamp = int(changed.timestamp()) if changed else None
    if stamp is not None:
        response["Last-Modified"] = http_date(stamp)
    found = get_conditional_response(request, etag=etag, last_modified=stamp, response=response)
    return found or response


def never_kept(view: View) -> View:
    """A view whose “not found” and “gone” are kept by no cache: what is not there now may be out in a second."""

    @wraps(view)
    def shown(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Http404 as error:
            response: HttpResponse = page_not_found(request, error)
        except Refusal as refusal:
            response = render(request, "refusal.html", {"refusal": refusal}, status=refusal.status)
        response["Cache-Control"] = "no-store"
        return response

    return shown
