"""Doors for machines: Prometheus reads the numbers, browsers report what the policy on content refused."""

import json
import logging
from hmac import compare_digest
from http import HTTPStatus

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts.rules import public

log = logging.getLogger("survey.csp")
LARGEST = 10_000
DIRECTIVES = frozenset(
    {*settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]}
    | {f"{kind}-src-{part}" for kind in ("script", "style") for part in ("elem", "attr")}
)


@public
@csrf_exempt  # a machine has no session to be misused; the token is the proof
def metrics(request: HttpRequest) -> HttpResponse:
    """All numbers, for whoever bears the token and comes from inside; for others there is nothing here."""
    wanted = f"Bearer {settings.METRICS_TOKEN}"
    given = request.headers.get("Authorization", "")
    through_proxy = "X-Real-IP" in request.headers or "X-Forwarded-For" in request.headers
    if not settings.METRICS_TOKEN or through_proxy or not compare_digest(given.encode(), wanted.encode()):
        raise Http404
    from config.watching.exposing import CONTENT_TYPE, exposed  # noqa: PLC0415 -- loaded only where it is read

    return HttpResponse(exposed(now=timezone.now()), content_type=CONTENT_TYPE)


@public
@csrf_exempt  # browsers send reports by themselves; nothing is done but counting
@require_POST
def csp_report(request: HttpRequest) -> HttpResponse:
    """Counts which directive refused something, a few a minute; addresses and samples in a report are not kept."""
    directive = _directive(request)
    if directive and _has_room():
        log.warning("a browser refused something under the content security policy", extra={"directive": directive})
        if settings.METRICS_TOKEN:
            from config.watching.counts import counts  # noqa: PLC0415 -- loaded only where it is read

            counts().csp.labels(directive).inc()
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _directive(request: HttpRequest) -> str:
    """One that our policy knows; empty for anything else that somebody may send."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return ""
    try:
        said = json.loads(request.body)["csp-report"]
        found = str(said.get("effective-directive") or said["violated-directive"]).split(" ")[0]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ""
    return found if found in DIRECTIVES else ""


def _has_room() -> bool:
    key = f"csp-reports:{timezone.now():%H%M}"
    cache.add(key, 0, timeout=120)
    try:
        return cache.incr(key) <= settings.CSP_REPORTS_A_MINUTE
    except ValueError:  # forgotten in between
        return False
