"""Services: a member of staff takes answers by telephone, reads them back, and sends what the voice declares."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts.audit.acts import declare
from accounts.models import User
from respondents.helping.refusals import NoCall
from respondents.returns.models import Return, Submission
from respondents.returns.recording import record_about
from respondents.returns.saving import lock_return, require_open
from respondents.returns.standing import Standing
from respondents.returns.submitting import AnswersChanged, submit_return
from respondents.returns.telephone import Call

LONGEST = timedelta(hours=4)
OPENED = declare("telephone.opened", "Began to take answers by telephone")
ENDED = declare("telephone.ended", "Ended taking answers by telephone")
SENT = declare("telephone.submitted", "Submitted a return that was declared by telephone")


@transaction.atomic
def open_call(found: Return, *, voice: str, day: date, reason: str, key: UUID, by: User, now: datetime) -> Call:
    """From now on, and for four hours at most, this member of staff sees and enters this return's answers.

    Raises WaveNotOpen when nothing may be answered. A call that they have under way with the board ends.
    """
    require_open(found, now=now)
    found = lock_return(found)
    if opened := found.calls.filter(key=key).first():
        return opened
    for call in found.calls.filter(opened_by=by, ended_at=None):
        _end(call, by=by, now=now)
    call = Call.objects.create(
        survey_return=found,
        key=key,
        voice=voice,
        day=day,
        reason=reason,
        opened_by=by,
        opened_at=now,
        lasts_until=now + LONGEST,
    )
    record_about(found, OPENED, by=by, now=now, call=call.pk, until=call.lasts_until.isoformat())
    return call


def hear(found: Return, *, by: User, now: datetime) -> Call:
    """The call that this person has under way with the board, and the return found as theirs to answer.

    Raises NoCall if there is none.
    """
    call = found.calls.under_way(now).filter(opened_by=by).first()
    if call is None:
        raise NoCall("You are taking no answers by telephone from this board now. Begin on the page of the board.")
    found.told = Standing(heard=call.heard)
    return call


@transaction.atomic
def end_call(found: Return, *, by: User, now: datetime) -> None:
    """Ends the call that this person has with the board; ending it twice is ending it once."""
    for call in lock_return(found).calls.filter(opened_by=by, ended_at=None):
        _end(call, by=by, now=now)


@transaction.atomic
def submit_by_telephone(
    found: Return, *, declared_by: str, version: int, by: User, now: datetime
) -> Submission | AnswersChanged:
    """Sends this version of the return, which the person at the other end has declared; the call ends with it."""
    outcome = submit_return(found, person=by, version=version, now=now, declared_by=declared_by)
    if isinstance(outcome, Submission):
        record_about(found, SENT, by=by, now=now, number=outcome.number, reference=outcome.reference)
        end_call(found, by=by, now=now)
    return outcome


def _end(call: Call, *, by: User, now: datetime) -> None:
    call.ended_at = min(now, call.lasts_until)
    call.save(update_fields=["ended_at"])
    record_about(call.survey_return, ENDED, by=by, now=now, call=call.pk)
