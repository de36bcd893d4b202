"""What the page of sessions shows, ready to print."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Session
from accounts.signed_in.ending import handle_of


@dataclass(frozen=True)
class SessionRow:
    """One place where the person is signed in."""

    browser: str
    since: datetime | None
    used: datetime
    handle: str


@dataclass(frozen=True)
class SessionsPage:
    """The browser that asks, and the others."""

    here: SessionRow | None
    others: Sequence[SessionRow]


def sessions_page(found: Sequence[Session], *, here: str | None) -> SessionsPage:
    """The page of these sessions; `here` is the key of the one that asks."""
    rows = {each.session_key: _row(each) for each in found}
    others = [row for key, row in rows.items() if key != here]
    return SessionsPage(rows.get(here or ""), others)


def _row(each: Session) -> SessionRow:
    return SessionRow(each.browser or "A browser", each.begun_at, each.used_at, handle_of(each.session_key))
