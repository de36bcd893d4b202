"""Service: one chair succeeds another. The board's returns stay as they are, with all that was written."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.audit.acts import declare
from accounts.models import User
from accounts.people import ensure_person
from respondents.register.appointing import fields_of, note_appointment
from respondents.register.history import ChangeKind, differences
from respondents.register.models import Appointment, Board
from respondents.returns.models import Return
from respondents.returns.recording import record_about
from respondents.returns.refusals import NoLongerChair
from respondents.together.models import Contribution, SignatureOutcome, SignatureRequest, Transfer
from respondents.together.notify import notify

SUCCEEDED = declare("board.chair_changed", "Recorded a board’s new chair")


@transaction.atomic
def transfer_return(
    found: Return, *, outgoing: User | None, email: str, name: str, reason: str, by: User, now: datetime
) -> Transfer:
    """Makes the person with this address chair of the return's board from today, in place of `outgoing` if named.

    Recorded with the reason. Raises NoLongerChair when the outgoing person does not chair the board any more, and
    ValidationError for what is no address.
    """
    if found.board is None:
        raise NoLongerChair("This return names no board, so nobody chairs it.")
    board = Board.objects.select_for_update().get(pk=found.board.pk)
    successor = ensure_person(email, name=name)
    _settle_returns(board, successor, by=by, now=now)  # first: the database shows them to whoever chairs the board
    if outgoing is not None:
        _end_appointment(board, outgoing, reason=reason, by=by, now=now)
    _appoint(board, successor, reason=reason, by=by, now=now)
    transfer = Transfer.objects.create(
        board=board,
        survey_return=found,
        from_person=outgoing,
        to_person=successor,
        reason=reason,
        made_by=by,
        made_at=now,
    )
    for person in filter(None, (successor, outgoing)):
        notify(
            person,
            key=f"succession-{transfer.pk}-{person.pk}",
            subject="A return has a new chair",
            template="succession",
            found=found,
            about={"by": by, "successor": successor, "outgoing": outgoing, "reason": reason},
            now=now,
        )
    if by.is_staff:
        left = outgoing.email if outgoing else ""
        record_about(found, SUCCEEDED, by=by, now=now, outgoing=left, successor=successor.email)
    return transfer


def _end_appointment(board: Board, outgoing: User, *, reason: str, by: User, now: datetime) -> None:
    """Yesterday is the last day, so that it holds from the next request; what began today never lasted a day."""
    today = timezone.localdate(now)
    current = list(Appointment.objects.filter(board=board, person=outgoing).current_on(today))
    if not current:
        raise NoLongerChair(f"{outgoing} does not chair {board} any more. Open the page again to see who does.")
    for each in current:
        before = fields_of(each)
        each.until_date = today - timedelta(days=1)
        kind = ChangeKind.REMOVED if each.from_date == today else ChangeKind.ENDED
        values = differences(before, fields_of(each))
        note_appointment(each, kind, values, reason=reason, by=by, now=now)
        if kind == ChangeKind.REMOVED:
            each.delete()
        else:
            each.save(update_fields=["until_date"])


def _appoint(board: Board, successor: User, *, reason: str, by: User, now: datetime) -> None:
    today = timezone.localdate(now)
    if not Appointment.objects.filter(board=board, person=successor).current_on(today).exists():
        made = Appointment.objects.create(board=board, person=successor, from_date=today)
        values = differences({}, fields_of(made))
        note_appointment(made, ChangeKind.ADDED, values, reason=reason, by=by, now=now)


def _settle_returns(board: Board, successor: User, *, by: User, now: datetime) -> None:
    """The new chair is asked nothing any more, for they may do all; nothing waits for a signature asked by another."""
    returns = [found.pk for found in Return.objects.select_for_update().filter(board=board).order_by("pk")]
    Contribution.objects.filter(survey_return__in=returns, person=successor).current().update(
        removed_at=now, removed_by=by
    )
    for request in SignatureRequest.objects.filter(survey_return__in=returns).waiting():
        request.end(SignatureOutcome.TAKEN_BACK, by=by, now=now)
    Return.objects.filter(pk__in=returns).update(awaiting_version=None)
