"""Services: the plan of mailings of a wave. Each can be moved or cancelled until it has begun."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.audit.acts import Act, declare
from accounts.audit.recording import record
from accounts.models import User
from accounts.refusals import Overtaken
from accounts.store.taken import unless_taken
from respondents.contacts.doorbell import ring
from respondents.contacts.models import Mailing, MailingKind, MailingState
from respondents.contacts.reminder_days import morning_of, reminder_days
from survey.models import Wave
from survey.moments import moment_in_words
from survey.working_days import is_working_day

PLANNED = declare("mailing.planned", "Planned a mailing")
MOVED = declare("mailing.moved", "Moved a planned mailing")
CANCELLED = declare("mailing.cancelled", "Cancelled a planned mailing")
SENT_NOW = declare("mailing.sent_now", "Sent a planned mailing at once")


class HasBegun(Overtaken):
    """Somebody would have a mailing changed that has begun, or that is over."""

    title = "This mailing can no longer be changed"


@transaction.atomic
def plan_default(wave: Wave, *, by: User, now: datetime) -> int:
    """Plans the reminders on the days that are usual, unless they are planned or past; says how many."""
    days = reminder_days(timezone.localdate(wave.opens_at), timezone.localdate(wave.closes_at))
    moments = [moment for moment in map(morning_of, days) if now < moment < wave.closes_at]
    planned = set(_standing(wave, MailingKind.REMINDER).values_list("due_at", flat=True))
    new = [moment for moment in moments if moment not in planned]
    return sum(_plan_unless_planned(wave, moment, by=by, now=now) for moment in new)


def _plan_unless_planned(wave: Wave, moment: datetime, *, by: User, now: datetime) -> bool:
    try:
        _plan(wave, MailingKind.REMINDER, moment, by=by, now=now)
    except ValidationError:  # by who asked for the same at the same moment
        return False
    return True


@transaction.atomic
def plan_mailing(wave: Wave, kind: MailingKind, due_at: datetime, *, by: User, now: datetime) -> Mailing:
    """Plans one mailing; ValidationError, naming the reason, for a moment at which it cannot or should not be sent."""
    require_sendable(wave, kind, due_at, now=now)
    if _standing(wave, kind).filter(due_at=due_at).exists():
        raise _planned(due_at)
    return _plan(wave, kind, due_at, by=by, now=now)


def require_sendable(wave: Wave, kind: MailingKind, due_at: datetime, *, now: datetime) -> None:
    """ValidationError with the reason if a mailing of this kind should not go at this moment."""
    when = moment_in_words(due_at)
    if due_at <= now:
        raise ValidationError(f"{when} is over. Give a later time, or plan it and send it now.")
    if not is_working_day(timezone.localdate(due_at)):
        raise ValidationError(f"{when} is no working day in England. Choose another day.")
    if kind in (MailingKind.REMINDER, MailingKind.INVITATION) and due_at < wave.opens_at:
        raise ValidationError(f"The survey opens on {moment_in_words(wave.opens_at)}. Choose a later time.")
    if kind != MailingKind.THANKS and due_at >= wave.closes_at:
        raise ValidationError(f"The survey closes on {moment_in_words(wave.closes_at)}. Choose an earlier time.")
    if kind == MailingKind.PRE_NOTICE and due_at >= wave.opens_at:
        raise ValidationError(f"A pre-notice goes before the survey opens on {moment_in_words(wave.opens_at)}.")


@transaction.atomic
def move(mailing: Mailing, due_at: datetime, *, by: User, now: datetime) -> None:
    """Moves a mailing that has not begun."""
    require_sendable(mailing.wave, MailingKind(mailing.kind), due_at, now=now)
    before = mailing.due_at
    with unless_taken(_planned(due_at)):
        _change(mailing, due_at=due_at)
    _record(MOVED, mailing, by=by, now=now, was=before.isoformat(), became=due_at.isoformat())


@transaction.atomic
def cancel(mailing: Mailing, *, by: User, now: datetime) -> None:
    """Cancels a mailing that has not begun; it stays in the list."""
    _change(mailing, state=MailingState.CANCELLED)
    _record(CANCELLED, mailing, by=by, now=now)


@transaction.atomic
def send_now(mailing: Mailing, *, by: User, now: datetime) -> None:
    """Makes a mailing due at once; one that needed attention is tried anew, from where it had come to."""
    waiting = Mailing.objects.filter(pk=mailing.pk, state__in=(MailingState.PLANNED, MailingState.FAILED))
    if not waiting.update(state=MailingState.PLANNED, due_at=now, fruitless=0, lease_until=None, last_error=""):
        raise HasBegun("It is being sent, was sent or was cancelled. Plan another one.")
    _record(SENT_NOW, mailing, by=by, now=now)
    pk: UUID = mailing.pk
    transaction.on_commit(lambda: ring([pk]), robust=True)


def _standing(wave: Wave, kind: MailingKind) -> "QuerySet[Mailing]":
    return Mailing.objects.filter(wave=wave, kind=kind).exclude(state=MailingState.CANCELLED)


def _plan(wave: Wave, kind: MailingKind, due_at: datetime, *, by: User, now: datetime) -> Mailing:
    with unless_taken(_planned(due_at)):
        mailing = Mailing.objects.create(wave=wave, kind=kind, due_at=due_at, made_by=by, made_at=now)
    _record(PLANNED, mailing, by=by, now=now, due=due_at.isoformat())
    return mailing


def _planned(due_at: datetime) -> ValidationError:
    return ValidationError(f"A mailing of this kind is planned for {moment_in_words(due_at)} already.")


def _change(mailing: Mailing, **what: object) -> None:
    """Changes a mailing, unless it has begun by now."""
    untouched = Mailing.objects.filter(pk=mailing.pk, state=MailingState.PLANNED, attempts=0)
    if not untouched.update(**what):
        raise HasBegun("It has begun, was sent or was cancelled. Go back to the plan to see how it stands.")


def _record(act: Act, mailing: Mailing, *, by: User, now: datetime, **detail: str) -> None:
    about = str(MailingKind(mailing.kind).label)
    record(act, by=by, subject=mailing, about=about, wave=mailing.wave.slug, detail=detail, now=now)
