"""Where the request that is being answered came from."""

from collections.abc import Callable
from contextvars import ContextVar

from allauth.core.internal.httpkit import get_client_ip
from django.http import HttpRequest, HttpResponse

_ADDRESS: ContextVar[str | None] = ContextVar("address", default=None)


def current_address() -> str | None:
    """The address of the person whose request this is; nothing in a command or a task."""
    return _ADDRESS.get()


class OriginMiddleware:
    """Notes the address of each request, as the proxy wrote it, for whatever is recorded while it is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        noted = _ADDRESS.set(get_client_ip(request))
        try:
            return self.get_response(request)
        finally:
            _ADDRESS.reset(noted)
