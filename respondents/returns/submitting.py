"""Service: sends a return. The same version is sent once, however often the button is pressed."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction
from django.utils.crypto import get_random_string

from accounts.digests import chain_digest
from accounts.models import User
from accounts.store.busy import once_more
from respondents.returns.models import Return, Submission
from respondents.returns.receipts import queue_receipts
from respondents.returns.refusals import NothingAnswered, SignatureNeeded
from respondents.returns.saving import lock_return, require_open
from survey.schema.document import Questionnaire
from survey.schema.packing import pack
from survey.schema.routing import complete

# No vowels (no words), no 0, 1 or look-alikes: a reference is read out on the telephone.
_REFERENCE_LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"


@dataclass(frozen=True)
class AnswersChanged:
    """Nothing was sent: the answers are no longer those the person checked."""

    version: int


@once_more
@transaction.atomic
def submit_return(
    found: Return, *, person: User, version: int, now: datetime, signs: bool = False, declared_by: str = ""
) -> Submission | AnswersChanged:
    """The submission of this version of the return: made now, or the one made before.

    `found` is a return that this person may send, as the door found it. Raises WaveNotOpen when nothing may be answered
    (unless this version was sent already), NothingAnswered for an empty return, and SignatureNeeded where the wave asks
    for a second person and this is not (`signs`) that person. `declared_by`: whose voice declared it on the telephone.
    """
    found = lock_return(found)
    if made := found.submissions.filter(version=version).first():
        return made
    require_open(found, now=now)
    if found.wave.needs_signature and not signs:
        raise SignatureNeeded("Check the answers, then send them to the person who signs. Signing submits the return.")
    if not found.values:
        raise NothingAnswered("Answer at least one question, then check your answers and submit.")
    if found.version != version:
        return AnswersChanged(found.version)
    submission = next_submission(found, person=person, now=now, declared_by=declared_by)
    submission.save()
    found.save(update_fields=["submitted_version", "submitted_at", "awaiting_version"])
    queue_receipts(found, submission, now=now)
    return submission


def next_submission(found: Return, *, person: User | None, now: datetime, declared_by: str = "") -> Submission:
    """The next numbered submission of the return as it stands, and the return marked as submitted; in memory."""
    answers, texts = complete(found.wave.questionnaire, found.values)
    found.submitted_version, found.submitted_at, found.awaiting_version = found.version, now, None
    submission = Submission(
        survey_return=found,
        number=(found.submissions.count() if found.version > 1 else 0) + 1,
        version=found.version,
        answers=answers,
        texts=texts,
        copied=dict(found.copied),
        reference=new_reference(),
        submitted_at=now,
        submitted_by=person,
        declared_by=declared_by,
    )
    return seal(submission, questionnaire=found.wave.questionnaire)


def seal(submission: Submission, *, questionnaire: Questionnaire) -> Submission:
    """The same submission with its codes packed and its digest, once all else is as it will stay."""
    submission.packed = pack(submission.answers, questionnaire=questionnaire)
    submission.digest = submission_digest(submission)
    return submission


def new_reference() -> str:
    """A receipt number to write down: two groups of five that cannot be guessed."""
    letters = get_random_string(10, _REFERENCE_LETTERS)
    return f"{letters[:5]}-{letters[5:]}"


def submission_digest(submission: Submission) -> str:
    """What the digest of a submission must be, from its content."""
    return chain_digest(
        [
            str(submission.survey_return_id),
            submission.number,
            submission.version,
            submission.answers,
            submission.texts,
            submission.reference,
            submission.submitted_at.astimezone(UTC).isoformat(),
            submission.submitted_by_id,
            *([submission.declared_by] if submission.declared_by else []),
        ],
        like=submission.digest,
    )
