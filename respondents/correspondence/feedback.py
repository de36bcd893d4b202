"""Services: how it went, asked once after sending; and how long boards took, from there and from imported returns."""

from datetime import datetime

from accounts.models import User
from respondents.contacts.eligibility import counted_returns, counted_submissions
from respondents.correspondence.models import AnsweredAs, Feedback, Satisfaction
from respondents.returns.models import Return, Submission
from survey.models import Wave


def part_of(found: Return) -> AnsweredAs:
    """In which part somebody who may read the whole return is asked."""
    return AnsweredAs.CHAIR if found.standing.is_chair else AnsweredAs.SIGNER


def was_asked(found: Return, *, person: User) -> bool:
    """Whether this person has said how it went, or that they would rather not, in the part they have now."""
    return found.feedback.filter(person=person, answered_as=part_of(found)).exists()


def give_feedback(
    found: Return,
    submission: Submission,
    *,
    person: User,
    now: datetime,
    satisfaction: Satisfaction | None = None,
    minutes: int | None = None,
    comment: str = "",
) -> Feedback:
    """What somebody says of the survey, kept once: what was said first stands. Nothing said at all: skipped."""
    said = {
        "submission": submission,
        "satisfaction": satisfaction,
        "minutes": minutes,
        "comment": comment,
        "given_at": now,
    }
    given, _ = Feedback.objects.get_or_create(
        survey_return=found, person=person, answered_as=part_of(found), defaults=said
    )
    return given


def minutes_of(wave: Wave) -> list[int]:
    """The minutes that each return took, as far as known: what its people said last, or else what was imported."""
    known = dict(
        counted_submissions(wave).filter(minutes_taken__isnull=False).values_list("survey_return", "minutes_taken")
    )
    said = Feedback.objects.filter(survey_return__in=counted_returns(wave), minutes__isnull=False)
    # A chair knows what colleagues spent, so what a chair says comes last and stands.
    latest = said.order_by("-answered_as", "given_at", "pk").values_list("survey_return", "minutes")
    return sorted(int(minutes) for minutes in {**known, **dict(latest)}.values() if minutes is not None)
