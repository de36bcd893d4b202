"""Service: everybody on a return is told that it was received, in the transaction that received it."""

from datetime import datetime

from django.urls import reverse

from accounts.onwards import whole_address
from accounts.outbox.letters import Letter, letter_from
from accounts.outbox.models import MessageKind
from accounts.outbox.queueing import queue_messages
from respondents.returns.messages import message_about
from respondents.returns.models import Return, Submission
from respondents.returns.people import people_on
from survey.moments import moment_in_words


def queue_receipts(found: Return, submission: Submission, *, now: datetime) -> None:
    """One receipt for each person on the return and for the sender, however often this is asked for; a member of staff
    who only took it by telephone gets none.
    """
    sender = None if submission.declared_by else submission.submitted_by
    people = {person.pk: person for person in (*people_on(found, now=now), sender) if person}
    letter = _letter(found, submission, now=now)
    queue_messages(
        message_about(
            found,
            person,
            f"receipt:{submission.reference}:{person.pk}",
            kind=MessageKind.RECEIPT,
            letter=letter,
            now=now,
        )
        for person in people.values()
    )


def sender_in_words(submission: Submission) -> str:
    """Who sent it; on the telephone, who declared it and who took it down."""
    sender = str(submission.submitted_by or "the survey team")
    return f"{submission.declared_by}, taken by telephone by {sender}" if submission.declared_by else sender


def _letter(found: Return, submission: Submission, *, now: datetime) -> Letter:
    groups = range(0, len(submission.digest), 8)
    receipt = reverse("portal:receipt", args=[found.pk, submission.number])
    words = {
        "board": found.board,
        "wave": found.wave,
        "submission": submission,
        "sender": sender_in_words(submission),
        "received": moment_in_words(submission.submitted_at),
        "digest": " ".join(submission.digest[start : start + 8] for start in groups),
        "closes": moment_in_words(found.closes_at),
        "url": whole_address(receipt),
    }
    return letter_from("respondents/email/receipt.txt", words, subject=f"Return received: {found.board}")
