"""Service: the second step is tried. The database counts wrong tries and spends digits, however many come at once."""

from datetime import datetime
from enum import Enum

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    validate_totp_code,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.db import transaction
from django.db.models import F

from accounts.audit.acts import Act
from accounts.audit.recording import record
from accounts.models import User
from accounts.second.acts import FAILED, LOCKED
from accounts.second.models import MOST_TRIES, WAIT, SecondTries
from accounts.security_log import Event, note


class Tried(Enum):
    """What came of a try, in words for the person."""

    PASSED = ""
    WRONG = "That is not the code the app shows now. Check the app and enter its six digits, or use a recovery code"
    SPENT = "This code has been used already. Wait until the app shows the next one, and enter that"
    LOCKED = "Too many wrong codes were entered. Wait 30 minutes, or ask an administrator to reset your second step"


@transaction.atomic
def try_second(person: User, *, code: str, act: Act, now: datetime) -> Tried:
    """What came of this code of the app, or recovery code, which works once. Recorded, as `act` if it was passed."""
    if not _count(person, now=now):
        return _recorded(Tried.LOCKED, LOCKED, person, now=now)
    typed = "".join(code.split())
    tried = _try_app(person, typed)
    used_recovery = tried is Tried.WRONG and _try_recovery(person, typed)
    if not used_recovery and tried is not Tried.PASSED:
        return _recorded(tried, FAILED, person, now=now)
    SecondTries.objects.filter(person=person, wrong__gt=0).update(wrong=F("wrong") - 1)
    record(act, by=person, detail={"with": "recovery code" if used_recovery else "app"}, now=now)
    note(Event.SECOND_PASSED, person=person.pk)
    return Tried.PASSED


def spend(person: User, *, period: int, now: datetime) -> bool:
    """Digits of the app's period can be used once: whether they were still unused."""
    SecondTries.objects.get_or_create(person=person, defaults={"since": now})
    return bool(SecondTries.objects.filter(person=person, last_period__lt=period).update(last_period=period))


def period_of(secret: str, code: str) -> int | None:
    """The period of the app to which these digits belong, if they are good now."""
    if not validate_totp_code(secret, code):
        return None
    return next((period for period in yield_hotp_counters_from_time() if digits_of(secret, period) == code), None)


def digits_of(secret: str, period: int) -> str:
    """What an app with this secret shows in this period."""
    return str(format_hotp_value(hotp_value(secret, period)))


def _count(person: User, *, now: datetime) -> bool:
    """Counts a try as wrong until it proves right; False if there were too many already."""
    SecondTries.objects.get_or_create(person=person, defaults={"since": now})
    mine = SecondTries.objects.filter(person=person)
    mine.filter(since__lte=now - WAIT).update(wrong=0, since=now)
    return bool(mine.filter(wrong__lt=MOST_TRIES).update(wrong=F("wrong") + 1))


def _try_app(person: User, code: str) -> Tried:
    app = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
    period = app and period_of(decrypt(app.data["secret"]), code)
    if not period:
        return Tried.WRONG
    unused = SecondTries.objects.filter(person=person, last_period__lt=period).update(last_period=period)
    return Tried.PASSED if unused else Tried.SPENT


def _try_recovery(person: User, code: str) -> bool:
    codes = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()
    return bool(codes and codes.wrap().validate_code(code))


def _recorded(tried: Tried, act: Act, person: User, *, now: datetime) -> Tried:
    record(act, by=person, now=now)
    note(Event.SECOND_LOCKED if tried is Tried.LOCKED else Event.SECOND_FAILED, person=person.pk)
    return tried
