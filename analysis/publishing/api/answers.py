"""What the API answers in, whatever it answers: JSON, problems as RFC 9457, open to every page of the web."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from accounts import clock
from accounts.refusals import Refusal
from analysis.publishing.api.limits import Limited, take_turn

METHODS = "GET, HEAD, OPTIONS"
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Retry-After, Link",
    "X-Content-Type-Options": "nosniff",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}
View = Callable[..., HttpResponseBase]


class BadQuestion(ValueError):
    """What was asked for cannot be read. Its text is a sentence."""


def problem(status: int, title: str, detail: str, **headers: str) -> HttpResponse:
    """Why there is no answer, as application/problem+json; no cache keeps it."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    kept = {"Cache-Control": "no-store", **headers}
    return JsonResponse(body, status=status, content_type="application/problem+json", headers=kept)


def answers(view: View) -> View:
    """A view of the API: within the limits, without a session, its refusals as problems."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = _response(view, request, *args, **kwargs)
        for name, value in OPEN.items():
            response[name] = value
        return response

    return shown


def _response(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    if request.method == "OPTIONS" and "rest" not in kwargs:
        return HttpResponse(headers={"Allow": METHODS, **PREFLIGHT})
    if request.method not in {"GET", "HEAD"}:
        return problem(405, "Method not allowed", f"This API is read only: {METHODS}.", Allow=METHODS)
    try:
        take_turn(now=clock.now())
        return view(request, *args, **kwargs)
    except Limited as limited:
        after = {"Retry-After": str(limited.seconds)}
        return problem(429, "Too many requests", f"Ask again in {limited.seconds} seconds.", **after)
    except BadQuestion as error:
        return problem(400, "This cannot be read", str(error))
    except Http404:
        return problem(404, "Not found", "There is nothing at this address, or it is not published yet.")
    except Refusal as refusal:
        return problem(int(refusal.status), refusal.title, refusal.message)
