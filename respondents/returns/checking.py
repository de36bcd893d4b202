"""Service: reads every submission again and tells those that are not as they were sent."""

from collections.abc import Iterator
from dataclasses import dataclass

from accounts.people import ERASED_NAME
from respondents.returns.models import Submission
from respondents.returns.submitting import submission_digest
from survey.schema.packing import pack


@dataclass(frozen=True)
class Checked:
    """How many submissions were read, and a sentence for each that is not whole."""

    submissions: int
    problems: tuple[str, ...]


def check_submissions() -> Checked:
    """Every submission: its digest, unless words or a name were erased since, and the codes packed beside it."""
    every = Submission.objects.select_related("survey_return__wave").order_by("pk")
    found = [(submission.reference, tuple(_problems(submission))) for submission in every.iterator(2_000)]
    problems = (f"Submission {reference}: {problem}." for reference, each in found for problem in each)
    return Checked(len(found), tuple(problems))


def _problems(submission: Submission) -> Iterator[str]:
    found = submission.survey_return
    is_whole = found.texts_erased_at is None and submission.declared_by != ERASED_NAME
    if is_whole and submission.digest != submission_digest(submission):
        yield "its content does not agree with its digest"
    if bytes(submission.packed) != pack(submission.answers, questionnaire=found.wave.questionnaire):
        yield "its packed codes are not those of its document"
