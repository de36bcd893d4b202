"""What may stand in a log: addresses, codes, keys and tokens are blotted out, errors told without words."""

import re
import traceback
from collections.abc import Iterator

WITHHELD = "[withheld]"
_CODE = "[BCDFGHJKLMNPQRSTVWXZ]{4}"  # the letters of accounts.codes.making, in groups of four
_NEVER = re.compile(
    "|".join(
        (
            r"[^\s\"'<>()\[\],;:=/\\]+@[^\s\"'<>()\[\],;:=/\\]+",  # an address
            rf"\b{_CODE}-?{_CODE}(?:-?{_CODE})?\b",  # a code
            r"(?<=/invitation/)[^/\s\"']+",  # a link in a letter
            r"(?<=/calendar/)[^/\s\"']+",  # a link in a calendar program
            r"(?<![\w-])[0-9a-z]{32}(?![\w-])",  # a session's key
            r"(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*\d)[\w-]{40,}(?![\w-])",  # any other token
            r"(?<=://)[^/\s@]+:[^/\s@]+(?=@)",  # a password in an address of a service
        )
    )
)


def redacted(text: str) -> str:
    """The text with everything blotted out that has the shape of an address, a code, a key or a token."""
    return _NEVER.sub(WITHHELD, text)


def told(error: BaseException) -> str:
    """Where it happened and its kind, with those it came from; never its words, which may quote what somebody wrote."""
    return "\n".join(
        "".join(traceback.format_tb(link.__traceback__)) + _kind(link) for link in reversed([*_links(error)])
    )


def _links(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)


def _kind(error: BaseException) -> str:
    state = getattr(error, "sqlstate", None)
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    return f"{name} (SQLSTATE {state})" if state else name
