"""The security log: a line for each sign-in, good or bad, and for each door that somebody tried in vain.

People are told by their number, an address that was typed by a keyed digest: whoever reads the log learns no address,
and whoever asks about one finds its lines (`manage.py address_digest`). From which network a request came stands in the
proxy's line with the same number of the request.
"""

import logging
from enum import StrEnum
from typing import Any

from django.utils.crypto import salted_hmac

log = logging.getLogger("survey.security")
DIGITS = 16  # of the digest: enough to tell addresses apart, too few to be taken for a session's key


class Event(StrEnum):
    """What is told, under names that alerts and searches can rely on."""

    ASKED = "sign_in.asked"
    LIMITED = "sign_in.limited"
    FAILED = "sign_in.failed"
    TURNED_AWAY = "sign_in.turned_away"
    SIGNED_IN = "sign_in.done"
    SECOND_PASSED = "second.passed"
    SECOND_FAILED = "second.failed"
    SECOND_LOCKED = "second.locked"
    SIGNED_OUT = "session.signed_out"
    OVER = "session.over"
    ENDED = "session.ended"
    PAGE_REFUSED = "page.refused"
    OBJECT_NOT_FOUND = "object.not_found"
    FORM_REFUSED = "form.refused"


# Those that a person who uses the site as it is meant to be used seldom causes.
TRIED = frozenset({Event.LIMITED, Event.TURNED_AWAY, Event.SECOND_LOCKED, Event.PAGE_REFUSED, Event.OBJECT_NOT_FOUND})


def note(event: Event, *, person: int | None = None, email: str = "", **beside: Any) -> None:
    """Writes one line; `beside` is a reason or a route, never anything that somebody typed."""
    told = {"event": event.value, "person": person, "address": address_digest(email) if email else None, **beside}
    said = {name: value for name, value in told.items() if value is not None}
    grave = logging.INFO if event not in TRIED else logging.WARNING
    log.log(grave, " ".join(f"{name}={value}" for name, value in said.items()), extra=said)


def address_digest(email: str) -> str:
    """What stands for this address in the log, as long as SECRET_KEY is the same."""
    return salted_hmac("accounts.security_log.address", email.strip().lower(), algorithm="sha256").hexdigest()[:DIGITS]
