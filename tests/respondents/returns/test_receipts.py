"""A receipt by email: to everybody on the return, once, and only if the return was received."""

from datetime import timedelta

import pytest
from django.db import transaction

from accounts.models import User
from accounts.outbox.models import Message, MessageKind
from respondents.returns.models import Return, Submission
from respondents.returns.people import people_on
from respondents.returns.saving import Sending, save_answers
from respondents.returns.submitting import submit_return
from respondents.together.models import Contribution
from tests import builders
from tests.builders import NOW
from tests.post import carry_post
from tests.races import at_once

RECEIPTS = Message.objects.filter(kind=MessageKind.RECEIPT)


def answered(*, email: str = "chair@example.org") -> tuple[Return, User]:
    boards = builders.two_boards()
    found = builders.return_of("barnet", in_wave=builders.wave())
    chair = builders.chair(boards[0], email=email)
    save_answers(found, Sending(0, {"C1": 1}), person=chair, now=NOW)
    return found, chair


def submit(found: Return, person: User, *, version: int = 1) -> Submission:
    outcome = submit_return(found, person=person, version=version, now=NOW)
    assert isinstance(outcome, Submission)
    return outcome


def recipients() -> list[str]:
    return sorted(RECEIPTS.values_list("recipient", flat=True))


@pytest.mark.django_db
def test_everybody_on_the_return_is_told_once() -> None:
    found, chair = answered()
    assert found.board
    builders.chair(found.board, email="deputy@example.org")
    helper, gone = builders.person("helper@example.org"), builders.person("gone@example.org")
    for person, removed_at in ((helper, None), (gone, NOW)):
        Contribution.objects.create(
            survey_return=found, person=person, sections=["C"], invited_by=chair, invited_at=NOW, removed_at=removed_at
        )

    submit(found, chair)
    submit(found, chair)

    assert recipients() == ["chair@example.org", "deputy@example.org", "helper@example.org"]


@pytest.mark.django_db
def test_chairs_of_the_past_and_people_who_were_shut_out_are_not_on_the_return() -> None:
    found, chair = answered()
    assert found.board
    builders.chair(found.board, email="out@example.org")
    User.objects.filter(email="out@example.org").update(is_active=False)
    past = builders.chair(found.board, email="past@example.org")
    past.appointments.update(until_date=(NOW - timedelta(days=1)).date())

    assert list(people_on(found, now=NOW)) == [chair]


@pytest.mark.django_db
def test_receipt_says_what_was_received_and_what_happens_next() -> None:
    found, chair = answered()

    sent = submit(found, chair)

    [message] = carry_post()
    text = str(message.body)
    assert message.subject == "Return received: Barnet Local Safeguarding Children Board"
    assert sent.reference in text
    assert sent.digest in text.replace(" ", "")
    assert "Received: Friday 10 February 2012 at 12:00" in text
    assert "until Friday 2 March 2012 at 12:00, when the survey closes" in text
    assert f"http://testserver/returns/{found.pk}/submissions/1/" in text


@pytest.mark.django_db
def test_each_new_submission_has_receipts_of_its_own() -> None:
    found, chair = answered()
    submit(found, chair)
    save_answers(found, Sending(1, {"C1": 2}), person=chair, now=NOW)

    submit(found, chair, version=2)

    assert recipients() == ["chair@example.org", "chair@example.org"]


@pytest.mark.django_db(transaction=True)
def test_a_submission_that_is_rolled_back_tells_nobody() -> None:
    found, chair = answered()

    with transaction.atomic():
        submit(found, chair)
        transaction.set_rollback(True)

    assert (Submission.objects.count(), recipients()) == (0, [])


@pytest.mark.django_db(transaction=True)
def test_twenty_submits_at_once_give_one_receipt_to_each_person() -> None:
    found, chair = answered()
    assert found.board
    builders.chair(found.board, email="deputy@example.org")

    references = {sent.reference for sent in at_once(20, lambda: submit(found, chair))}

    assert (len(references), Submission.objects.count()) == (1, 1)
    assert recipients() == ["chair@example.org", "deputy@example.org"]
    assert sorted(message.to[0] for message in carry_post()) == ["chair@example.org", "deputy@example.org"]


@pytest.mark.django_db
def test_names_of_boards_cannot_command_the_post() -> None:
    found, chair = answered()
    assert found.board
    found.board.name = "Barnet\r\nBcc: everyone@example.org\u202e {{ board }} <b>&amp;"
    found.board.save()

    submit(found, chair)

    [message] = carry_post()
    assert message.subject == "Return received: Barnet Bcc: everyone@example.org {{ board }} <b>&amp;"
    assert message.recipients() == ["chair@example.org"]
