"""Services: who chairs a board from when until when, as a chair or in the interim, with history and audit."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.audit.acts import Act
from accounts.audit.recording import record
from accounts.models import User
from accounts.people import clean_email, ensure_person
from respondents.register.acts import APPOINTMENT_CHANGED, CHAIR_APPOINTED
from respondents.register.applying import Author
from respondents.register.history import ChangeKind, Subject, Value, Values, differences, hold_register
from respondents.register.models import Appointment, Board
from respondents.register.telling import about_chair, loses_days, note_while_open, tell_of_chairs
from respondents.returns.refusals import AppointmentChanged, NoLongerChair


@transaction.atomic
def appoint(
    board: Board,
    *,
    name: str,
    email: str,
    kind: str,
    from_date: date,
    until_date: date | None = None,
    ends_others: bool = False,
    by: User,
    now: datetime,
) -> Appointment:
    """The person with this address chairs the board from this day; `ends_others` ends who chaired it the day before.

    ValidationError if they chair it then already, or work for the survey team.
    """
    hold_register()
    person = _person(email, name, by=by, now=now)
    _require_free(board, person, from_date=from_date, until_date=until_date)
    left: list[Appointment] = []
    if ends_others:
        for other in board.appointments.exclude(person=person).current_on(from_date).select_related("person", "board"):
            left.append(other)
            _change(other, {"until_date": max(other.from_date, from_date - timedelta(days=1))}, by=by, now=now)
    made = Appointment.objects.create(board=board, person=person, kind=kind, from_date=from_date, until_date=until_date)
    note_appointment(made, ChangeKind.ADDED, differences({}, _fields_of(made)), by=by, now=now)
    _record(CHAIR_APPOINTED, made, by=by, now=now)
    tell_of_chairs([made], left=left, by=by, now=now)
    return made


@transaction.atomic
def replace_chair(
    board: Board, *, outgoing: User | None, name: str, email: str, reason: str, by: User, now: datetime
) -> User:
    """The person with this address chairs the board from today, in place of `outgoing` if named; who does so, goes on.

    NoLongerChair if the outgoing person does not chair it today, ValidationError for who works for the survey team.
    """
    hold_register()
    successor, today = _person(email, name, by=by, now=now), timezone.localdate(now)
    if outgoing is not None:
        _leave(board, outgoing, today=today, reason=reason, by=by, now=now)
    if not board.appointments.filter(person=successor).current_on(today).exists():
        _enter(board, successor, outgoing=outgoing, reason=reason, by=by, now=now)
    return successor


@transaction.atomic
def end_appointment(found: Appointment, *, seen: str, until_date: date, reason: str, by: User, now: datetime) -> None:
    """The appointment's last day; ValidationError if that is before its first.

    AppointmentChanged if it does not stand any more as it was `seen`.
    """
    hold_register()
    found = _as_seen(found, seen)
    if until_date < found.from_date:
        raise ValidationError({"until_date": f"The appointment began on {found.from_date:%-d %B %Y}, after that day."})
    _change_and_tell(found, {"until_date": until_date}, reason=reason, by=by, now=now)


@transaction.atomic
def correct_appointment(
    found: Appointment,
    *,
    seen: str,
    kind: str,
    from_date: date,
    until_date: date | None,
    reason: str,
    by: User,
    now: datetime,
) -> None:
    """What the appointment should have said; ValidationError if the days do not fit.

    AppointmentChanged if it does not stand any more as it was `seen`.
    """
    hold_register()
    found = _as_seen(found, seen)
    if until_date and until_date < from_date:
        raise ValidationError({"until_date": "The last day is before the first."})
    _require_free(found.board, found.person, from_date=from_date, until_date=until_date, but=found)
    fields: dict[str, date | str | None] = {"kind": kind, "from_date": from_date, "until_date": until_date}
    _change_and_tell(found, fields, reason=reason, by=by, now=now)


def stands_as(found: Appointment) -> str:
    """What a form about an appointment was made from, to be sent back with it."""
    return f"{found.kind} {found.from_date.isoformat()} {found.until_date or ''}".strip()


def _as_seen(found: Appointment, seen: str) -> Appointment:
    """The appointment as it stands while the register is held."""
    current = Appointment.objects.select_related("board", "person").filter(pk=found.pk).first()
    if current is None or stands_as(current) != seen:
        raise AppointmentChanged(
            f"Somebody changed the appointment of {found.person} after this form was opened. Nothing was saved. "
            "Open the page of the board again to see how it stands."
        )
    return current


def _enter(board: Board, successor: User, *, outgoing: User | None, reason: str, by: User, now: datetime) -> None:
    """Who was to chair the board from a later day, does so from today; anybody else is appointed.

    Whoever hands over is told of that by the caller.
    """
    today = timezone.localdate(now)
    made = board.appointments.filter(person=successor, from_date__gt=today).order_by("from_date").first()
    before, kind = (_fields_of(made), ChangeKind.CHANGED) if made else ({}, ChangeKind.ADDED)
    made = made or Appointment(board=board, person=successor)
    made.from_date = today
    made.save()
    note_appointment(made, kind, differences(before, _fields_of(made)), reason=reason, by=by, now=now)
    tell_of_chairs([made], but=[outgoing.pk] if outgoing else [], by=by, now=now)


def _leave(board: Board, outgoing: User, *, today: date, reason: str, by: User, now: datetime) -> None:
    """Yesterday is the last day, so that it holds from the next request; what began today never lasted a day."""
    current = list(board.appointments.filter(person=outgoing).current_on(today).select_related("person", "board"))
    if not current:
        raise NoLongerChair(f"{outgoing} does not chair {board} any more. Open the page again to see who does.")
    for each in current:
        before = _fields_of(each)
        each.until_date = today - timedelta(days=1)
        kind = ChangeKind.REMOVED if each.from_date == today else ChangeKind.ENDED
        note_appointment(each, kind, differences(before, _fields_of(each)), reason=reason, by=by, now=now)
        if kind == ChangeKind.REMOVED:
            each.delete()
        else:
            each.save(update_fields=["until_date"])


def _person(email: str, name: str, *, by: User, now: datetime) -> User:
    """The person, made known if they were not; their name, if we had none."""
    known = User.objects.filter(email=clean_email(email)).first()
    if known and known.is_staff:
        raise ValidationError({"email": f"{known} works for the survey team. A chair needs another address."})
    person = known or ensure_person(email, name=name)
    if known is None or not known.name:
        values: dict[str, list[Value]] = {"name": [None, name], "email": [None, person.email]}
        kind = ChangeKind.CHANGED if known else ChangeKind.ADDED
        Author(by, now).change(Subject.PERSON, person.pk, board=None, about=name, kind=kind, values=values).save()
        User.objects.filter(pk=person.pk).update(name=name)
    return person


def _require_free(
    board: Board, person: User, *, from_date: date, until_date: date | None, but: Appointment | None = None
) -> None:
    for other in board.appointments.filter(person=person).exclude(pk=but.pk if but else 0):
        begins_before_it_ends = other.until_date is None or from_date <= other.until_date
        if begins_before_it_ends and (until_date is None or until_date >= other.from_date):
            since = f"{other.from_date:%-d %B %Y}"
            raise ValidationError({"from_date": f"{person} chairs {board} at that time already, since {since}."})


def _change_and_tell(
    found: Appointment, fields: dict[str, date | str | None], *, reason: str, by: User, now: datetime
) -> None:
    """One correction; who has fewer days by it is told, and whoever else chairs the board."""
    if changed := _change(found, fields, reason=reason, by=by, now=now):
        left = [found] if loses_days(found, changed, now=now) else []
        tell_of_chairs([found], left=left, by=by, now=now)


def _change(
    found: Appointment, fields: dict[str, date | str | None], *, reason: str = "", by: User, now: datetime
) -> Values:
    """What differs by it; nothing if all stands so already."""
    before = _fields_of(found)
    for name, value in fields.items():
        setattr(found, name, value)
    changed = differences(before, _fields_of(found))
    if not changed:
        return {}
    found.save(update_fields=[*fields])
    kind = ChangeKind.ENDED if [*changed] == ["until"] and found.until_date else ChangeKind.CHANGED
    note_appointment(found, kind, changed, reason=reason, by=by, now=now)
    _record(APPOINTMENT_CHANGED, found, by=by, now=now)
    return changed


def _fields_of(found: Appointment) -> dict[str, Value]:
    """What the history keeps of an appointment."""
    until = found.until_date.isoformat() if found.until_date else None
    return {"from": found.from_date.isoformat(), "until": until, "kind": str(found.kind)}


def note_appointment(
    found: Appointment,
    kind: ChangeKind,
    values: dict[str, list[Value]],
    *,
    reason: str = "",
    by: User | None,
    now: datetime,
) -> None:
    """The history of one appointment, in the transaction of whoever changes it."""
    author = Author(by, now, reason=reason)
    about = f"{found.person}, {found.board}"
    change = author.change(Subject.APPOINTMENT, found.pk, board=found.board_id, about=about, kind=kind, values=values)
    change.person_key = found.person_id
    change.save()


def _record(act: Act, found: Appointment, *, by: User, now: datetime) -> None:
    detail = {"from": found.from_date.isoformat(), "until": str(found.until_date or ""), "kind": str(found.kind)}
    record(act, by=by, subject=found, about=about_chair(found), detail=detail, now=now)
    note_while_open(Board.objects.filter(pk=found.board_id), about=about_chair(found), by=by, now=now)
