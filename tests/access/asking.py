"""Every route is asked for as every actor: what the rule decides is asked of the rule, the rest of the whole site."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.db import connection, transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from accounts.middleware import RuleMiddleware
from tests.access.world import World

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
SIGN_IN, SECOND = "/sign-in/", "/sign-in/second/"
LET_IN = 0  # the rule lets the request through to its view
# What looking at a page may write: that staff looked, that their session is in use, how often the API was asked.
MAY_BE_WRITTEN = ("accounts_session", "accounts_auditentry", "accounts_audithead", "analysis_api_cache")
POLICY = (
    "base-uri 'none'; connect-src 'self'; default-src 'none'; font-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; img-src 'self'; report-uri /csp-reports; script-src 'self'; style-src 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# A page that shows a questionnaire as a chair would see it, and the page inside: the only frame of the site.
FRAMED = {
    "preview:page": {
        "Content-Security-Policy": POLICY.replace("'none'; img-src", "'none'; frame-src 'self'; img-src"),
    },
    "preview:screen": {
        "X-Frame-Options": "SAMEORIGIN",
        "Content-Security-Policy": POLICY.replace(
            "form-action 'self'; frame-ancestors 'none'", "form-action 'none'; frame-ancestors 'self'"
        ),
    },
}
_KEEPER = RuleMiddleware(lambda _: HttpResponse())


@dataclass(frozen=True)
class Route:
    """One address of the site."""

    name: str
    view: Callable[..., Any]
    arguments: frozenset[str]

    def address(self, values: dict[str, Any]) -> str:
        """The address with these values."""
        return reverse(self.name, kwargs={name: values[name] for name in self.arguments})


@dataclass(frozen=True)
class Outcome:
    """What came back: the status, where it leads, and what was written on the way."""

    status: int
    leads_to: str = ""
    written: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()  # those that differ from what every answer must have

    @property
    def word(self) -> str | int:
        """The door it leads to, or the status."""
        where = self.leads_to.partition("?")[0]
        return (
            {SIGN_IN: "sign in", SECOND: "second step"}.get(where, self.status) if self.status == 302 else self.status
        )


def every_route(
    resolver: URLResolver | None = None, spaces: tuple[str, ...] = (), above: frozenset[str] = frozenset()
) -> Iterator[Route]:
    """Every route of the URL resolver, with what its whole address wants to know."""
    for entry in (resolver or get_resolver()).url_patterns:
        arguments = above | frozenset(entry.pattern.converters)
        if isinstance(entry, URLPattern):
            yield Route(":".join((*spaces, entry.name or "")), entry.callback, arguments)
        else:
            yield from every_route(entry, (*spaces, *filter(None, [entry.namespace])), arguments)


def ask_rule(world: World, actor: str, route: Route, *, method: str, address: str) -> Outcome:
    """What the one place where rules are kept answers before any view runs."""
    request = RequestFactory().generic(method, address)
    request.user = world.people.get(actor, AnonymousUser()) if actor != "deactivated" else AnonymousUser()
    request.session = world.session(actor)
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    with _undone():
        try:
            answer = _KEEPER.process_view(request, route.view, (), {})
        except Http404:
            return Outcome(404)
    return _outcome(answer) if answer else Outcome(LET_IN)


def ask_site(world: World, actor: str, *, method: str, address: str, body: dict[str, str] | None = None) -> Outcome:
    """What the whole site answers; everything is as before afterwards."""
    written: list[str] = []

    def note(execute: Callable[..., object], sql: str, *rest: object) -> object:
        if sql.lstrip()[:6].upper() in {"INSERT", "UPDATE", "DELETE"} and not any(t in sql for t in MAY_BE_WRITTEN):
            written.append(sql[:160])
        return execute(sql, *rest)

    with _undone(), connection.execute_wrapper(note):
        answer = world.browser(actor).generic(
            method, address, urlencode(body or {}), content_type="application/x-www-form-urlencoded"
        )
    headers = wrong_headers(answer, name=resolve(address).view_name, is_known=answer.wsgi_request.user.is_authenticated)
    return _outcome(answer, tuple(written), headers)


@dataclass(frozen=True)
class Strange:
    """How a form is sent that did not come from a page of the site."""

    token: str = ""
    kind: str = "application/x-www-form-urlencoded"
    headers: dict[str, str] = field(default_factory=dict)


def ask_strictly(world: World, actor: str, *, address: str, sent: Strange) -> Outcome:
    """What becomes of a form where tokens are looked at; the browser’s own cookie is one that fits “a” 32 times."""
    browser = world.browser(actor)
    browser.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    body = urlencode({"csrfmiddlewaretoken": sent.token, "_method": "GET"})
    browser.handler.enforce_csrf_checks = True
    try:
        with _undone():
            return _outcome(browser.generic("POST", address, body, content_type=sent.kind, headers=sent.headers))
    finally:
        browser.handler.enforce_csrf_checks = False


def wrong_headers(answer: HttpResponseBase, *, name: str, is_known: bool) -> tuple[str, ...]:
    """What differs from the headers that every answer of the site has, whatever its status and kind."""
    expected = HEADERS | (FRAMED.get(name, {}) if answer.status_code == 200 else {})
    if is_known or answer.cookies:
        expected = expected | {"Cache-Control": "no-store"}
    got = {header: _in_order(answer.get(header, "")) for header in expected}
    told = [header for header in ("Server", "X-Powered-By") if answer.has_header(header)]
    return (*told, *(f"{header}: {got[header]}" for header in expected if got[header] != expected[header]))


def _in_order(value: str) -> str:
    """The parts of a policy in the order of the alphabet: they are sent in any."""
    return "; ".join(sorted(value.split("; ")))


def _outcome(answer: HttpResponseBase, written: tuple[str, ...] = (), headers: tuple[str, ...] = ()) -> Outcome:
    return Outcome(answer.status_code, answer.get("Location", ""), written, headers)


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
