"""Service: reads every submission again and tells those that are not as they were sent."""

from collections.abc import Iterator
from dataclasses import dataclass

from respondents.returns.models import Submission
from respondents.returns.submitting import submission_digest
from survey.schema.packing import pack


@dataclass(frozen=True)
class Checked:
    """How many submissions were read, a sentence for each that is not whole, and how many could not be checked."""

    submissions: int
    problems: tuple[str, ...]
    unsealed: int = 0  # words or a name were erased since, so that their digest tells nothing


def check_submissions() -> Checked:
    """Every submission: its digest, unless words or a name were erased since, and the codes packed beside it."""
    every = Submission.objects.select_related("survey_return__wave").order_by("pk")
    found = [(each.reference, tuple(_problems(each)), _is_sealed(each)) for each in every.iterator(2_000)]
    problems = (f"Submission {reference}: {problem}." for reference, each, _ in found for problem in each)
    return Checked(len(found), tuple(problems), sum(not is_sealed for _, _, is_sealed in found))


def _is_sealed(submission: Submission) -> bool:
    return submission.survey_return.texts_erased_at is None and submission.name_erased_at is None


def _problems(submission: Submission) -> Iterator[str]:
    found = submission.survey_return
    if _is_sealed(submission) and submission.digest != submission_digest(submission):
        yield "its content does not agree with its digest"
    if bytes(submission.packed) != pack(submission.answers, questionnaire=found.wave.questionnaire):
        yield "its packed codes are not those of its document"
