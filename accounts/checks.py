"""System checks: the process does not start while a route has no rule."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.rules import rule_of


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every route of the site with its whole pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry, prefix + str(entry.pattern))
        else:
            yield prefix + str(entry.pattern), entry


@register()
def every_route_has_a_rule(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """accounts.E001 for each route whose view declares no rule."""
    return [
        Error(
            f"The route /{pattern} has no rule.",
            hint="Mark its view with @public, @signed_in or @staff(...) from accounts.rules.",
            id="accounts.E001",
        )
        for pattern, route in routes()
        if rule_of(route.callback) is None
    ]
