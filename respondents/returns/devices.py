"""On what kind of device answers were given: a phone, a tablet or a computer, and nothing finer.

Kept to know which screens must be comfortable. Of what the browser says of itself only this one word is kept, with the
save; it is shown as totals of a wave, never beside a board.
"""

from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

from accounts.signed_in.browsers import Device, device_of

_DEVICE: ContextVar[Device] = ContextVar("device", default="")


def current_device() -> Device:
    """The kind of device that the request comes from; nothing in a command or a task."""
    return _DEVICE.get()


class DeviceMiddleware:
    """Notes the kind of device of a request that sends something, for the save that may come of it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return self.get_response(request)
        noted = _DEVICE.set(device_of(request.headers.get("User-Agent", "")))
        try:
            return self.get_response(request)
        finally:
            _DEVICE.reset(noted)
