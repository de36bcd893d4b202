"""Services: a person’s sessions are found and ended, one or all others; the browser there is a stranger at once."""

from datetime import datetime

from django.db import models, transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.audit.recording import record
from accounts.models import Session, User
from accounts.security_log import Event, note
from accounts.signed_in.acts import ENDED, ENDED_BY_OPERATOR


def sessions_of(person: User, *, now: datetime) -> "models.QuerySet[Session]":
    """Those that have not ended, the one used last first."""
    return Session.objects.filter(person=person, expire_date__gt=now).order_by("-used_at", "session_key")


def handle_of(key: str) -> str:
    """What a page may call a session; the key itself would open it."""
    return salted_hmac("accounts.signed_in.handle", key, algorithm="sha256").hexdigest()[:20]


def end_one(person: User, *, handle: str, now: datetime) -> bool:
    """Ends the session of this person that pages call so; whether there was one."""
    keys = [each.session_key for each in sessions_of(person, now=now)]
    found = [key for key in keys if constant_time_compare(handle_of(key), handle)]
    return bool(_end(person, Session.objects.filter(person=person, session_key__in=found), now=now))


def end_others(person: User, *, but: str | None, now: datetime) -> int:
    """Ends all sessions of this person but the one with this key; says how many."""
    return _end(person, sessions_of(person, now=now).exclude(session_key=but or ""), now=now)


@transaction.atomic
def end_all(person: User, *, now: datetime) -> int:
    """Ends every session of this person, on an operator’s word; says how many."""
    ended, _ = sessions_of(person, now=now).delete()
    record(ENDED_BY_OPERATOR, by=None, subject=person, detail={"sessions": ended}, now=now)
    note(Event.ENDED, person=person.pk, reason="operator")
    return ended


@transaction.atomic
def shut_out(person: User, **changes: object) -> None:
    """Ends every session there is or that is just beginning, and writes these fields of the person with it."""
    User.objects.filter(pk=person.pk).update(sessions_ended=F("sessions_ended") + 1, **changes)
    Session.objects.filter(person=person).delete()


@transaction.atomic
def _end(person: User, found: "models.QuerySet[Session]", *, now: datetime) -> int:
    ended, _ = found.delete()
    if ended:
        note(Event.ENDED, person=person.pk, reason="by themselves")
    if ended and person.is_staff:
        record(ENDED, by=person, detail={"sessions": ended}, now=now)
    return ended
