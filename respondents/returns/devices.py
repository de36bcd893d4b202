"""On what kind of device answers were given: a phone, a tablet or a computer, and nothing finer.

Kept to know which screens must be comfortable. Of what the browser says of itself only this one word is kept, with the
save; it is shown as totals of a wave, never beside a board.
"""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Literal

from django.http import HttpRequest, HttpResponse

Device = Literal["", "phone", "tablet", "computer"]
_DEVICE: ContextVar[Device] = ContextVar("device", default="")
_TABLETS = ("ipad", "tablet", "kindle", "silk/")


def device_of(agent: str) -> Device:
    """The kind of device that such a browser runs on; nothing where there is no browser to say."""
    said = agent.casefold()
    if not said.startswith("mozilla/"):
        return ""
    if any(word in said for word in _TABLETS) or ("android" in said and "mobile" not in said):
        return "tablet"
    return "phone" if "mobi" in said else "computer"


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
