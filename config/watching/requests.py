"""Every request has a number, a line in the log and a place in the counts: told by its route, never by its address."""

import logging
from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from config.watching.numbers import REQUEST, number_of

log = logging.getLogger("survey.request")
NO_ROUTE = "none"
KNOWN = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def route_of(request: HttpRequest) -> str:
    """The name of the page, which says nothing of whose it is."""
    return str(request.resolver_match.view_name) if request.resolver_match else NO_ROUTE


def method_of(request: HttpRequest) -> str:
    """One of those that are known; strangers send any word."""
    return request.method if request.method in KNOWN else "other"


class RequestMiddleware:
    """Stands before all others, so that it sees what each request came to."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._counts: Any = None
        if settings.METRICS_TOKEN:
            from config.watching.counts import counts  # noqa: PLC0415 -- loaded only where somebody may read it

            self._counts = counts()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = perf_counter()
        given = request.META.get("HTTP_X_REQUEST_ID", "") if settings.BEHIND_PROXY else ""
        number = number_of(given)
        before = REQUEST.set(number)
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = number
            self._note(request, response.status_code, perf_counter() - started)
        finally:
            REQUEST.reset(before)
        return response

    def _note(self, request: HttpRequest, status: int, seconds: float) -> None:
        route, method = route_of(request), method_of(request)
        if self._counts:
            self._counts.note(route=route, method=method, status=status, seconds=seconds)
        if settings.LOG_FORMAT == "json":  # people at a terminal have the server's own lines
            beside = {"route": route, "method": method, "status": status, "ms": round(seconds * 1000, 1)}
            log.info("answered", extra=beside)
