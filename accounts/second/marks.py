"""What a session of staff remembers: when it began, when it was last used, when its second step was passed last."""

from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

KEY = "staff"
IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
FRESH = timedelta(minutes=10)
NOTED_EVERY = timedelta(minutes=1)  # so that not every page writes the session


class Over(Enum):
    """Why a session has ended, in words for the person."""

    IDLE = "You were signed out because nothing was done for 30 minutes."
    LONGEST = "You were signed out because 12 hours had passed since you signed in."


def begin(session: SessionBase, *, now: datetime) -> None:
    """From now on this is a session of staff, whose second step has yet to be passed."""
    session[KEY] = {"began": now.timestamp(), "used": now.timestamp()}


def over(session: SessionBase, *, now: datetime) -> Over | None:
    """Why this session has ended, if it has. One that never began has ended."""
    marks = _marks(session)
    if _since(marks, "began", now) > LONGEST:
        return Over.LONGEST
    return Over.IDLE if _since(marks, "used", now) > IDLE else None


def note_use(session: SessionBase, *, now: datetime) -> None:
    """The person did something."""
    if _since(_marks(session), "used", now) > NOTED_EVERY:
        session[KEY] = _marks(session) | {"used": now.timestamp()}


def note_passed(session: SessionBase, *, now: datetime) -> None:
    """The second step was passed now."""
    session[KEY] = _marks(session) | {"passed": now.timestamp(), "used": now.timestamp()}


def has_passed(session: SessionBase) -> bool:
    """Whether the second step was passed in this session."""
    return "passed" in _marks(session)


def passed_lately(session: SessionBase, *, now: datetime) -> bool:
    """Whether that was within the last ten minutes."""
    return _since(_marks(session), "passed", now) <= FRESH


def note_elsewhere(session: SessionBase) -> None:
    """The second step was the provider's: it is there that the person confirms who they are again."""
    session[KEY] = _marks(session) | {"elsewhere": True}


def confirms_elsewhere(session: SessionBase) -> bool:
    """Whether the provider asks this person again, and not we."""
    return bool(_marks(session).get("elsewhere"))


def _marks(session: SessionBase) -> dict[str, Any]:
    found: dict[str, Any] = session.get(KEY, {})
    return found


def _since(marks: dict[str, Any], name: str, now: datetime) -> timedelta:
    return timedelta(seconds=now.timestamp() - marks[name]) if name in marks else timedelta.max
