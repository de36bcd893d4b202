"""Services: a second person signs one version of a return, or sends it back. Nothing is locked meanwhile."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.people import ensure_person, require_respondent
from respondents.returns.limits import EnoughForToday
from respondents.returns.models import Return, Submission
from respondents.returns.refusals import NothingAnswered, NotWaiting
from respondents.returns.saving import lock_return, require_open
from respondents.returns.submitting import AnswersChanged, submit_return
from respondents.together.inviting import enough_colleagues
from respondents.together.models import Contribution, Part, SignatureOutcome, SignatureRequest
from respondents.together.notify import notify

NOT_WAITING = "It was signed, sent back or taken back, or somebody else was asked to sign. Go back to the task list."


@transaction.atomic
def ask_for_signature(
    found: Return, *, email: str, name: str, version: int, by: User, now: datetime
) -> SignatureRequest | AnswersChanged:
    """Sends this version of the return to the person who signs; a request made before is replaced.

    Raises WaveNotOpen outside the wave's times, NothingAnswered for an empty return and ValidationError for what is no
    address or one of the staff’s.
    """
    found = lock_return(found)
    require_open(found, now=now)
    if not found.values:
        raise NothingAnswered("Answer at least one question, then check your answers and send them for signature.")
    if found.version != version:
        return AnswersChanged(found.version)
    if sentence := enough_colleagues(found, now=now):
        raise EnoughForToday(sentence)
    require_respondent(email)
    signer = ensure_person(email, name=name)
    _end_waiting(found, SignatureOutcome.TAKEN_BACK, by=by, now=now)
    _let_sign(found, signer, by=by, now=now)
    request = SignatureRequest.objects.create(
        survey_return=found, version=version, signer=signer, asked_by=by, asked_at=now
    )
    _await(found, version)
    notify(
        signer,
        key=f"signature-{request.pk}",
        subject="You are asked to sign a return",
        template="signature",
        found=found,
        about={"by": by},
        now=now,
    )
    return request


@transaction.atomic
def take_back(found: Return, *, by: User, now: datetime) -> None:
    """Ends the waiting for a signature, at any moment; where nothing waits, nothing happens."""
    found = lock_return(found)
    _end_waiting(found, SignatureOutcome.TAKEN_BACK, by=by, now=now)
    _await(found, None)


@transaction.atomic
def sign(found: Return, *, person: User, version: int, now: datetime) -> Submission | AnswersChanged:
    """Signs and so submits the version that was sent for signature: now, or as this person has done before.

    Raises NotWaiting unless this person was asked to sign and the request still stands.
    """
    found = lock_return(found)
    if made := found.submissions.filter(version=version, submitted_by=person).first():
        return made
    request = _request_to(found, person)
    if request.version != version:
        return AnswersChanged(found.version)
    outcome = submit_return(found, person=person, version=version, now=now, signs=True)
    if isinstance(outcome, Submission):
        request.end(SignatureOutcome.SIGNED, by=person, now=now)
    return outcome


@transaction.atomic
def send_back(found: Return, *, person: User, reason: str, now: datetime) -> None:
    """Declines to sign, with a reason that everyone on the return can read. Raises NotWaiting as `sign` does."""
    found = lock_return(found)
    request = _request_to(found, person)
    request.end(SignatureOutcome.SENT_BACK, by=person, now=now, reason=reason)
    _await(found, None)
    notify(
        request.asked_by,
        key=f"sent-back-{request.pk}",
        subject="A return was sent back unsigned",
        template="sent_back",
        found=found,
        about={"by": person, "reason": reason},
        now=now,
    )


def _request_to(found: Return, person: User) -> SignatureRequest:
    request = found.signature_requests.waiting().filter(signer=person).select_related("asked_by").first()
    if request is None:
        raise NotWaiting(NOT_WAITING)
    return request


def _end_waiting(found: Return, outcome: SignatureOutcome, *, by: User, now: datetime) -> None:
    for request in found.signature_requests.waiting():
        is_void = request.version != found.version
        request.end(SignatureOutcome.VOID if is_void else outcome, by=by, now=now)


def _await(found: Return, version: int | None) -> None:
    found.awaiting_version = version
    found.save(update_fields=["awaiting_version"])


def _let_sign(found: Return, signer: User, *, by: User, now: datetime) -> None:
    """One signer at a time; a signer stays one until another is named or the chair removes them."""
    signers = found.contributions.current().filter(part=Part.SIGNER)
    signers.exclude(person=signer).update(removed_at=now, removed_by=by)
    if not signers.filter(person=signer).exists():
        Contribution.objects.create(survey_return=found, person=signer, part=Part.SIGNER, invited_by=by, invited_at=now)
