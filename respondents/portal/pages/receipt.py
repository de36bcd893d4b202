"""The proof that a return was received."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from accounts.models import User
from respondents.portal.pages.place import Place, check_url, place_of
from respondents.portal.words import moment_in_words
from respondents.returns.models import Return, Submission
from respondents.returns.openness import openness_of
from respondents.returns.receipts import sender_in_words
from survey.counting import counted
from survey.schema.progress import section_progress
from survey.schema.tally import tally


@dataclass(frozen=True)
class ReceiptPage:
    """The proof that a return was received."""

    place: Place
    board: str
    wave: str
    reference: str
    received: str
    sender: str
    number: str
    answers: str
    digest: str
    is_latest: bool
    next_words: str
    may_read_answers: bool
    sent_url: str
    pdf_url: str
    csv_url: str
    blanks_url: str
    copies_url: str
    tasks_url: str
    returns_url: str


def receipt_page(found: Return, submission: Submission, *, latest: int, person: User, now: datetime) -> ReceiptPage:
    """The receipt of one submission."""
    return ReceiptPage(
        place=place_of(found, now=now),
        board=str(found.board),
        wave=found.wave.title,
        reference=submission.reference,
        received=moment_in_words(submission.submitted_at),
        sender=sender_in_words(submission),
        number=f"{submission.number} of {latest}",
        answers=_answers_given(found, submission),
        digest=" ".join(submission.digest[start : start + 8] for start in range(0, 64, 8)),
        is_latest=submission.number == latest,
        next_words=_next_words(found, now=now),
        may_read_answers=found.standing.may_read_all,
        sent_url=reverse("portal:sent", args=[found.pk, submission.number]),
        pdf_url=reverse("copies:sent_pdf", args=[found.pk, submission.number]),
        csv_url=reverse("copies:sent_csv", args=[found.pk, submission.number]),
        blanks_url=check_url(found) if openness_of(found, now=now) and _has_blanks(found) else "",
        copies_url=reverse("copies:drawer", args=[found.pk]),
        tasks_url=reverse("portal:tasks", args=[found.pk]),
        returns_url=reverse("portal:returns"),
    )


def _answers_given(found: Return, submission: Submission) -> str:
    questionnaire, values = found.wave.questionnaire, {**submission.answers, **submission.texts}
    sections = [section_progress(section, questionnaire, values) for section in questionnaire.sections]
    given, asked = sum(each.answered for each in sections), sum(each.applicable for each in sections)
    rest = str(tally(questionnaire, values))
    return f"{given} of {counted(asked, 'answer')} given{f' ({rest})' if rest else ''}"


def _has_blanks(found: Return) -> bool:
    return bool(tally(found.wave.questionnaire, found.values).blank)


def _next_words(found: Return, *, now: datetime) -> str:
    openness = openness_of(found, now=now)
    if openness.reopenings:
        until = moment_in_words(openness.reopenings[0].until)
        return f"Part of this return was reopened: you can change it and submit again until {until}."
    if openness:
        return (
            f"You can change your answers and submit again until {moment_in_words(found.closes_at)}, "
            "when the survey closes. The latest submission counts; earlier ones are kept."
        )
    return "The survey has closed. This submission stands as it was received."
