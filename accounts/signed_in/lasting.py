"""How long a session lasts: so long unused, and so long in all whatever is done; and what it notes of its beginning."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from accounts.signed_in.browsers import browser_of

MARK = "signed_in"  # in the session: since when, and the kind of browser
UNUSED = timedelta(hours=8)  # one sitting with interruptions; staff have half an hour (accounts/second/marks.py)
LONGEST = timedelta(hours=12)  # a working day
NOTED_EVERY = timedelta(minutes=5)  # so that not every page writes


def note_beginning(request: HttpRequest, *, now: datetime) -> None:
    """The person has signed in with this browser."""
    browser = browser_of(request.headers.get("User-Agent", ""))
    request.session[MARK] = {"at": now.timestamp(), "browser": browser}


def begun_at(data: Mapping[str, Any]) -> datetime | None:
    """When the person signed in, by what the session holds; nothing while nobody has."""
    mark = data.get(MARK)
    return datetime.fromtimestamp(mark["at"], UTC) if mark else None


def ends_at(begun: datetime | None, *, used: datetime) -> datetime:
    """When a session that is not used again ends."""
    return min(used + UNUSED, (begun or used) + LONGEST)


def note_use(session: SessionBase, *, now: datetime) -> None:
    """The person did something: written beside the session every few minutes, and never into it."""
    from accounts.sessions import SessionStore  # noqa: PLC0415 -- it is made of what stands here

    if isinstance(session, SessionStore) and session.used_at and now - session.used_at > NOTED_EVERY:
        session.note_use(now=now)
