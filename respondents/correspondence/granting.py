"""Services: one of the survey team asks for a return to be reopened, another grants it; nothing is open before."""

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.audit.acts import declare
from accounts.models import Role, User
from accounts.onwards import whole_address
from accounts.outbox.models import Message
from accounts.outbox.queueing import queue_messages
from respondents.contacts.granting import messages_about
from respondents.contacts.models import TemplateKind
from respondents.correspondence.models import Decision, ReopeningRequest, Settled
from respondents.correspondence.notices import Notice, board_path, request_path, team, team_path, tell
from respondents.correspondence.refusals import NeedsAnotherPerson, RequestIsOver, RequestWaits
from respondents.returns.models import Return
from respondents.returns.people import people_on
from respondents.returns.recording import record_about
from respondents.returns.reopening import Reopening
from respondents.returns.saving import lock_return
from survey.moments import moment_in_words

ASKED = declare("return.reopening_asked", "Asked that a return be reopened")
REOPENED = declare("return.reopened", "Approved that a return is reopened")
ENDED = declare("return.reopening_ended", "Refused or took back a request to reopen a return")
ALONE = "Where there is no other researcher, whoever runs the machine does it with “manage.py approve_reopening {}”."


@transaction.atomic
def ask_for_reopening(
    found: Return, *, sections: Collection[str], until: datetime, reason: str, key: UUID, by: User, now: datetime
) -> ReopeningRequest:
    """Asks that people may answer these sections until then; told to every other researcher. One waits at a time."""
    found = lock_return(found)
    if asked := found.reopening_requests.filter(key=key).first():
        return asked
    if found.reopening_requests.waiting().exists():
        raise RequestWaits(
            f"{found.board} has a request that waits already. Approve it or end it first, from the messages with it."
        )
    request = ReopeningRequest(survey_return=found, key=key, sections=in_order(found, sections), until=until)
    request.reason, request.asked_by, request.asked_at = reason, by, now
    request.save()
    sentence = "A researcher asks to reopen a return. Another researcher has to approve it."
    notice = Notice(f"reopening-asked:{request.pk}", "A reopening waits for approval", sentence, request_path(request))
    tell(team().exclude(pk=by.pk), found, notice, now=now)
    record_about(found, ASKED, by=by, now=now, **_detail(request))
    return request


@transaction.atomic
def approve_reopening(request: ReopeningRequest, *, by: User | None, now: datetime) -> Reopening:
    """The sections may be answered; grants the chair’s wish that waits, if any. Never by whoever asked.

    `by` is nobody where whoever runs the machine approves.
    """
    request = _waiting(request)
    _require_fit(request, by=by, now=now)
    found = request.survey_return
    reopening = Reopening(survey_return=found, key=request.key, sections=request.sections, until=request.until)
    reopening.reason, reopening.asked_by = request.reason, request.asked_by
    reopening.granted_by, reopening.granted_at = by, now
    reopening.save()
    request.reopening = reopening
    _settle(request, Settled.APPROVED, reason="", by=by, now=now)
    decided = {"decision": Decision.GRANTED, "decided_by": by, "decided_at": now, "reopening": reopening}
    found.reopening_wishes.waiting().update(**decided)
    queue_messages(_reopened(found, reopening, now=now))
    submitted = found.submitted_version is not None
    record_about(found, REOPENED, by=by, now=now, **_detail(request), was_submitted=submitted)
    return reopening


@transaction.atomic
def end_request(request: ReopeningRequest, *, reason: str, by: User, now: datetime) -> None:
    """The request is refused, or taken back by whoever asked; nothing is opened, and a chair’s wish still waits."""
    request = _waiting(request)
    end_waiting(request.survey_return, reason=reason, by=by, now=now)


def end_waiting(found: Return, *, reason: str, by: User, now: datetime) -> None:
    """Ends the request that waits on this return, which is locked, if there is one; tells whoever asked."""
    for request in found.reopening_requests.waiting().select_related("asked_by"):
        _settle(request, Settled.ENDED, reason=reason, by=by, now=now)
        record_about(found, ENDED, by=by, now=now, **_detail(request))
        if request.asked_by_id != by.pk:
            sentence = "Another researcher refused what you asked for: the return is not reopened."
            notice = Notice(f"reopening-ended:{request.pk}", "A reopening was refused", sentence, team_path(found))
            tell([request.asked_by], found, notice, now=now)


def in_order(found: Return, sections: Collection[str]) -> list[str]:
    """The codes of those sections that the questionnaire has, in its order."""
    return [section.code for section in found.wave.questionnaire.sections if section.code in sections]


def _waiting(request: ReopeningRequest) -> ReopeningRequest:
    """The request as it stands under the lock of its return; RequestIsOver if it was decided."""
    found = lock_return(request.survey_return)
    waiting = found.reopening_requests.waiting().select_related("asked_by").filter(pk=request.pk).first()
    if waiting is None:
        raise RequestIsOver("It was decided already. Go back to the messages with the board to see how things stand.")
    waiting.survey_return = found
    return waiting


def _require_fit(request: ReopeningRequest, *, by: User | None, now: datetime) -> None:
    asked_by = request.asked_by
    if by is not None and asked_by.pk == by.pk:
        raise NeedsAnotherPerson(f"You asked for it, so another researcher approves it. {ALONE.format(request.pk)}")
    if not asked_by.is_active or asked_by.role != Role.RESEARCHER:
        raise RequestIsOver(f"{asked_by}, who asked for it, is no researcher any more. End it, and ask anew.")
    if request.until <= now:
        raise RequestIsOver(f"It was asked for until {moment_in_words(request.until)}. End it, and ask anew.")


def _settle(request: ReopeningRequest, how: Settled, *, reason: str, by: User | None, now: datetime) -> None:
    request.decision, request.decision_reason, request.decided_by, request.decided_at = how.value, reason, by, now
    request.save(update_fields=["decision", "decision_reason", "decided_by", "decided_at", "reopening"])


def _detail(request: ReopeningRequest) -> dict[str, object]:
    """What the audit says of a request: never the reason, which could hold an answer."""
    said: dict[str, object] = {"request": request.pk, "sections": request.sections, "until": request.until.isoformat()}
    return said | {"asked_by": request.asked_by.email}


def _reopened(found: Return, reopening: Reopening, *, now: datetime) -> Iterator[Message]:
    """Tells that there is something to read; which sections and why stays behind the sign-in."""
    link = whole_address(board_path(found, "reopening"))
    told = ((found, person, link) for person in people_on(found, now=now))
    beside = {"until": moment_in_words(reopening.until)}
    key = f"reopening:{reopening.pk}"
    return messages_about(found.wave, TemplateKind.REOPENING, told, key=key, beside=beside, now=now)
