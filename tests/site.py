"""The site is loaded once for all test clients of a process; each would otherwise look at every static file anew."""

from django.conf import settings
from django.test.client import ClientHandler

LOADED = ("_view_middleware", "_template_response_middleware", "_exception_middleware", "_middleware_chain")


def load_once() -> None:
    """From now on a client takes over what the first one with the same middleware has loaded."""
    load, first = ClientHandler.load_middleware, dict[tuple[str, ...], ClientHandler]()

    def load_or_take_over(handler: ClientHandler, is_async: bool = False) -> None:
        loaded = first.get(tuple(settings.MIDDLEWARE))
        if loaded is None:
            load(handler, is_async)
            first[tuple(settings.MIDDLEWARE)] = handler
        else:
            vars(handler).update({name: getattr(loaded, name) for name in LOADED})

    ClientHandler.load_middleware = load_or_take_over  # type: ignore[assignment, method-assign]
