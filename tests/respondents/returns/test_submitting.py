"""Submitting: numbered, complete, immutable, and once for each version."""

import pytest

from accounts.append_only import AppendOnlyViolation
from accounts.models import User
from respondents.register.models import Board
from respondents.returns.models import Return, ReturnState, Submission
from respondents.returns.refusals import NothingAnswered, WaveNotOpen
from respondents.returns.saving import Sending, save_answers
from respondents.returns.submitting import AnswersChanged, submission_digest, submit_return
from survey.models import Wave
from tests.builders import NOW, chair, return_of, wave

pytestmark = pytest.mark.django_db


@pytest.fixture
def barnet() -> Return:
    return return_of("barnet", in_wave=wave())


@pytest.fixture
def ann(barnet: Return) -> User:
    ann = chair(Board.objects.get(slug="barnet"), email="ann@example.org")
    save_answers(barnet, Sending(0, {"C1": 2, "F1": 1, "F1.details": "Forums"}), person=ann, now=NOW)
    return ann


def submit(found: Return, person: User, version: int) -> Submission:
    outcome = submit_return(found, person=person, version=version, now=NOW)
    assert isinstance(outcome, Submission)
    return outcome


def test_submission_is_a_complete_copy_with_every_closed_item_coded(barnet: Return, ann: User) -> None:
    submission = submit(barnet, ann, 1)

    closed = {item.code for item in barnet.wave.questionnaire.items.values() if item.coded}
    assert set(submission.answers) == closed
    assert (submission.answers["C1"], submission.answers["C2"], submission.texts) == (2, -9, {"F1.details": "Forums"})
    assert submission.digest == submission_digest(submission)


def test_submitting_the_same_version_again_gives_the_same_receipt(barnet: Return, ann: User) -> None:
    first = submit(barnet, ann, 1)

    assert submit(barnet, ann, 1) == first
    assert Submission.objects.count() == 1


def test_amending_makes_the_next_number_and_the_latest_counts(barnet: Return, ann: User) -> None:
    first = submit(barnet, ann, 1)
    save_answers(barnet, Sending(1, {"C1": 3}), person=ann, now=NOW)
    barnet.refresh_from_db()
    between = barnet.state

    second = submit(barnet, ann, 2)

    barnet.refresh_from_db()
    assert (first.number, second.number, between, barnet.state) == (1, 2, ReturnState.CHANGED, ReturnState.SUBMITTED)
    assert list(Submission.objects.counting()) == [second]


def test_submitting_answers_that_changed_since_they_were_checked_sends_nothing(barnet: Return, ann: User) -> None:
    save_answers(barnet, Sending(1, {"C1": 3}), person=ann, now=NOW)

    assert submit_return(barnet, person=ann, version=1, now=NOW) == AnswersChanged(version=2)
    assert not Submission.objects.exists()


def test_an_empty_return_is_not_sent(ann: User, barnet: Return) -> None:
    save_answers(barnet, Sending(1, {"C1": None, "F1": None, "F1.details": None}), person=ann, now=NOW)

    with pytest.raises(NothingAnswered):
        submit_return(barnet, person=ann, version=2, now=NOW)


def test_after_closing_a_sent_version_still_shows_its_receipt_and_no_other_is_taken(barnet: Return, ann: User) -> None:
    sent = submit(barnet, ann, 1)
    save_answers(barnet, Sending(1, {"C1": 3}), person=ann, now=NOW)
    Wave.objects.update(closes_at=NOW)

    assert submit(barnet, ann, 1) == sent
    with pytest.raises(WaveNotOpen):
        submit_return(barnet, person=ann, version=2, now=NOW)


def test_a_submission_can_be_neither_changed_nor_deleted(barnet: Return, ann: User) -> None:
    submission = submit(barnet, ann, 1)
    submission.answers = {}

    for act in (
        submission.save,
        submission.delete,
        Submission.objects.all().delete,
        lambda: Submission.objects.update(number=9),
        lambda: Submission.objects.bulk_update([submission], ["answers"]),
    ):
        with pytest.raises(AppendOnlyViolation):
            act()
