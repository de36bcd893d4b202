"""Services: a member of staff gets the second step of signing in, new recovery codes, or none of it any more."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction

from accounts.audit.recording import record
from accounts.models import User
from accounts.refusals import Refusal
from accounts.second.acts import NEW_RECOVERY, SET_UP
from accounts.second.models import SecondTries
from accounts.second.trying import period_of, spend

CODES = Authenticator.Type.RECOVERY_CODES


class SecondStepIsThere(Refusal):
    """There is one already: it must be passed, not replaced."""

    title = "Your second step is set up already"


class SignInAnew(Refusal):
    """Whoever is in already sets up nothing at the door."""

    title = "Sign in again first"


def has_second(person: User) -> bool:
    """Whether there is anything this person can pass the second step with."""
    return bool(Authenticator.objects.filter(user=person).exclude(type=CODES).exists())


@transaction.atomic
def set_up_app(person: User, *, secret: str, code: str, now: datetime) -> bool:
    """Makes the app with this secret the person's second step if it shows this code; says whether it does."""
    User.objects.select_for_update().get(pk=person.pk)
    if has_second(person):
        raise SecondStepIsThere("To use another app, ask an administrator to reset your second step.")
    period = period_of(secret, "".join(code.split()))
    if period is None:
        return False
    give_app(person, secret=secret)
    spend(person, period=period, now=now)
    record(SET_UP, by=person, subject=person, now=now)
    return True


def give_app(person: User, *, secret: str) -> None:
    """The app with this secret, and recovery codes, without asking for a code of it."""
    TOTP.activate(person, secret)
    RecoveryCodes.activate(person)


@transaction.atomic
def make_recovery_codes(person: User, *, now: datetime) -> None:
    """New recovery codes; those before no longer work."""
    User.objects.select_for_update().get(pk=person.pk)
    Authenticator.objects.filter(user=person, type=CODES).delete()
    RecoveryCodes.activate(person)
    record(NEW_RECOVERY, by=person, subject=person, now=now)


def recovery_codes(person: User) -> list[str]:
    """Those that were not used yet."""
    found = Authenticator.objects.filter(user=person, type=CODES).first()
    return list(found.wrap().get_unused_codes()) if found else []


def forget_second(person: User) -> None:
    """Nothing is left: the person sets it up anew when they sign in next. For the caller's transaction."""
    Authenticator.objects.filter(user=person).delete()
    SecondTries.objects.filter(person=person).update(wrong=0)
