"""Every route is asked for as every actor: what the rule decides is asked of the rule, the rest of the whole site."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.db import connection, transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.middleware import RuleMiddleware
from tests.access.world import World

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
SIGN_IN, SECOND = "/sign-in/", "/sign-in/second/"
LET_IN = 0  # the rule lets the request through to its view
# What looking at a page may write: that staff looked, that their session is in use, how often the API was asked.
MAY_BE_WRITTEN = ("django_session", "accounts_auditentry", "accounts_audithead", "analysis_api_cache")
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
    return _outcome(answer, tuple(written))


def _outcome(answer: HttpResponseBase, written: tuple[str, ...] = ()) -> Outcome:
    return Outcome(answer.status_code, answer.get("Location", ""), written)


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
