"""With what kind of browser somebody came: a name and a kind of device, and nothing finer."""

from typing import Literal

Device = Literal["", "phone", "tablet", "computer"]
_TABLETS = ("ipad", "tablet", "kindle", "silk/")
# What a browser says of itself, the particular before the common: nearly all of them also claim to be Safari.
_NAMES = (
    ("edg", "Edge"),
    ("opr/", "Opera"),
    ("samsungbrowser/", "Samsung Internet"),
    ("firefox/", "Firefox"),
    ("fxios/", "Firefox"),
    ("chrome/", "Chrome"),
    ("crios/", "Chrome"),
    ("safari/", "Safari"),
)


def device_of(agent: str) -> Device:
    """The kind of device that such a browser runs on; nothing where there is no browser to say."""
    said = agent.casefold()
    if not said.startswith("mozilla/"):
        return ""
    if any(word in said for word in _TABLETS) or ("android" in said and "mobile" not in said):
        return "tablet"
    return "phone" if "mobi" in said else "computer"


def browser_of(agent: str) -> str:
    """The browser in words, such as “Firefox on a computer”; what does not say that it is one is a program."""
    device = device_of(agent)
    name = next((name for mark, name in _NAMES if mark in agent.casefold()), "A browser")
    return f"{name} on a {device}" if device else "A program"
