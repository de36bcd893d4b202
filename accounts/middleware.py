"""The one place where rules are kept and refusals become pages."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from accounts.audit.recording import record
from accounts.onwards import way_back
from accounts.refusals import Refusal
from accounts.rules import Rule, rule_of
from accounts.second.acts import REFUSED, TIMED_OUT
from accounts.second.marks import has_passed, note_use, over, passed_lately
from accounts.security_log import Event, note
from accounts.signed_in import lasting
from accounts.store.reach import EVERYTHING, NOTHING, Reach, reach_of, tell

log = logging.getLogger("survey.access")
METHODS = ("GET", "HEAD", "POST")  # all that pages and forms need: no view behind the door sees another
OLD_TOKEN = "csrftoken"  # noqa: S105 -- the name of a cookie: what it was called before names had a prefix
BY_ITSELF = "X-Asked-By-Itself"  # sent by a script that asks for an ordinary page again: nobody need be there
GetResponse = Callable[[HttpRequest], HttpResponse]


class RuleMiddleware:
    """Lets a request through to its view only if the view's rule allows the person."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response["Cache-Control"] = "no-store"
            if response.status_code == HTTPStatus.NOT_FOUND:
                _note_what_is_not_theirs(request)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Nothing if the view may run; the door or “not found” if not."""
        rule = rule_of(view)
        if rule is None:
            raise RuntimeError(f"{view} declares no rule")
        _end_what_is_over(request, rule)
        if request.user.is_authenticated and not _is_background(request, rule):
            lasting.note_use(request.session, now=timezone.now())
        if rule.needs_database:
            _tell(_reach(request))
        if not rule.needs_sign_in:
            return None
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if not request.user.is_authenticated:
            return redirect_to_login(way_back(request))
        if request.user.is_staff and _wants_second_step(request, rule):
            return redirect_to_login(way_back(request), reverse("second"))
        if not rule.allows(request.user):
            _refuse(request, rule)
        return None


def _note_what_is_not_theirs(request: HttpRequest) -> None:
    """A page that is there, asked for with a name or number of which this person has nothing; addresses that lead
    nowhere are not noted."""
    found = request.resolver_match
    rule = rule_of(found.func) if found else None
    if found and rule and not rule.allows(request.user):
        note(Event.PAGE_REFUSED, person=request.user.pk, route=found.view_name)
    elif found and found.kwargs:
        note(Event.OBJECT_NOT_FOUND, person=request.user.pk, route=found.view_name)


def _reach(request: HttpRequest) -> Reach:
    """How far the database lets this request see into answers."""
    if not request.user.is_authenticated:
        return NOTHING
    return EVERYTHING if request.user.is_staff and has_passed(request.session) else reach_of(request.user.pk)


def _tell(reach: Reach) -> None:
    """Whoever sees nothing goes on where the database is away: whatever connection comes next shows nothing either."""
    try:
        tell(reach)
    except DatabaseError:
        connection.close()
        if reach != NOTHING:
            raise


def _is_background(request: HttpRequest, rule: Rule) -> bool:
    """Whether a page asked by itself, which is no sign that a person is there."""
    return rule.is_background or BY_ITSELF in request.headers


def _end_what_is_over(request: HttpRequest, rule: Rule) -> None:
    """Sessions of staff are short; those of respondents are not found any more once they have ended."""
    if not request.user.is_staff:
        return
    now = timezone.now()
    why = over(request.session, now=now)
    if why is None:
        if not _is_background(request, rule):
            note_use(request.session, now=now)
        return
    record(TIMED_OUT, by=request.user, now=now)
    note(Event.OVER, person=request.user.pk, reason=why.name.lower())
    request.session.flush()
    request.user = AnonymousUser()
    if rule.needs_sign_in:
        messages.info(request, why.value)


def _wants_second_step(request: HttpRequest, rule: Rule) -> bool:
    if rule.at_door:
        return False
    if not has_passed(request.session):
        return True
    return rule.step_up and rule.allows(request.user) and not passed_lately(request.session, now=timezone.now())


def _refuse(request: HttpRequest, rule: Rule) -> None:
    log.warning("refused: person %s at %s (for %s)", request.user.pk, request.path, rule.name)
    if request.user.is_staff:
        record(REFUSED, by=request.user, about=request.path, now=timezone.now())
    raise Http404


class CookieMiddleware:
    """What sets or takes a cookie is kept by no cache, whatever the page says: it was meant for one browser.

    Whoever gets a cookie under its name over TLS loses the token of the time before, which would stay for a year.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.cookies:
            if settings.COOKIE_PREFIX and OLD_TOKEN in request.COOKIES:
                response.delete_cookie(OLD_TOKEN, samesite="Lax")
            response["Cache-Control"] = "no-store"
        return response


class RefusalMiddleware:
    """Shows a refusal raised anywhere below a view as a plain page with its status."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for a refusal; nothing for any other exception, which is a bug and must be logged as one."""
        if not isinstance(error, Refusal):
            return None
        log.info("refused: %s for person %s at %s", type(error).__name__, request.user.pk, request.path)
        return render(request, "refusal.html", {"refusal": error}, status=error.status)
