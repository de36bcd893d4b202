"""Service: a code is tried. Five tries and one use, counted by the database, however many come at once."""

from datetime import datetime
from enum import Enum

from django.db.models import F

from accounts.codes.budget import is_spent
from accounts.codes.making import browser_digest, code_digest, is_same
from accounts.codes.models import LONG, MOST_TRIES, SignInCode
from accounts.models import User
from accounts.provider.configured import may_use_codes
from accounts.security_log import Event, note

_NO_CODE = "-" * 64  # compared with where no code was sent, so that it takes as long


class Ended(Enum):
    """Why a code that was asked for can no longer be used."""

    EXPIRED = "Your code has expired", "A code works for 10 minutes."
    TRIED_TOO_OFTEN = "Your code no longer works", "A code can be tried five times."
    USED = "Your code has been used", "A code works once."
    GUESSED_AT = (
        "Your code no longer works",
        "Many wrong codes were entered lately, so codes are longer for now.",
    )

    def __init__(self, title: str, reason: str) -> None:
        self.title = title
        self.reason = reason


def ended(secret: str, *, now: datetime) -> Ended | None:
    """Whether the code asked for under this secret has ended, and why."""
    asked = SignInCode.objects.filter(browser=browser_digest(secret)).first()
    if asked is None or asked.expires_at <= now:
        return Ended.EXPIRED
    if asked.used_at:
        return Ended.USED
    return Ended.TRIED_TOO_OFTEN if asked.tries >= MOST_TRIES else None


def try_code(code: str, *, secret: str, now: datetime) -> User | Ended | None:
    """The person whose code it is, who may now be signed in; why it has ended; or nothing for a wrong code.

    A try is counted before anything is compared, and only one caller can ever use the code up. A short code is not
    compared while many wrong ones were entered lately: the next one that this browser asks for is long.
    """
    browser = browser_digest(secret)
    alive = SignInCode.objects.filter(browser=browser, used_at=None, expires_at__gt=now)
    if not alive.filter(tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
        return ended(secret, now=now)
    asked = SignInCode.objects.get(browser=browser)
    if is_spent(asked.email, now=now) and asked.letters < LONG:
        return Ended.GUESSED_AT
    if is_same(asked.digest or _NO_CODE, code_digest(code, browser=browser)):
        return _use(asked, now=now)
    return ended(secret, now=now)


def _use(asked: SignInCode, *, now: datetime) -> User | Ended | None:
    person = User.objects.filter(email=asked.email, is_active=True).first()
    if person is None or not may_use_codes(person):
        note(Event.TURNED_AWAY, email=asked.email, reason="may not come in by a code")
        return None
    used = SignInCode.objects.filter(pk=asked.pk, used_at=None).update(used_at=now)
    return person if used else Ended.USED
