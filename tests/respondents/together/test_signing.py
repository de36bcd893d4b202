"""Sign-off by a second person: it sends that very version, and it never locks anything."""

import pytest
from django.utils import timezone

from accounts.outbox.models import Message
from respondents.returns.models import ReturnState, Submission
from respondents.returns.refusals import NothingAnswered, NotWaiting, SignatureNeeded
from respondents.returns.submitting import AnswersChanged, submit_return
from respondents.together.inviting import remove
from respondents.together.models import SignatureRequest
from respondents.together.signing import ask_for_signature, send_back, sign, take_back
from tests.respondents.together.conftest import Team


def outcomes() -> list[str]:
    return list(SignatureRequest.objects.order_by("pk").values_list("outcome", flat=True))


def test_signing_submits_the_version_that_was_sent_for_signature(signed: Team) -> None:
    version = signed.answer(C1=1)
    signed.ask_to_sign()
    assert signed.stored().state is ReturnState.WAITING

    made = sign(signed.stored(), person=signed.people["signer"], version=version, now=timezone.now())

    assert isinstance(made, Submission)
    assert (made.version, made.submitted_by, outcomes()) == (version, signed.people["signer"], ["signed"])
    assert signed.stored().state is ReturnState.SUBMITTED
    again = sign(signed.stored(), person=signed.people["signer"], version=version, now=timezone.now())
    assert again == made


def test_chair_cannot_submit_alone_where_a_signature_is_asked_for(signed: Team) -> None:
    version = signed.answer(C1=1)
    with pytest.raises(SignatureNeeded):
        submit_return(signed.stored(), person=signed.people["chair"], version=version, now=timezone.now())
    assert not Submission.objects.exists()


def test_a_change_while_waiting_makes_the_request_void(signed: Team) -> None:
    version = signed.answer(C1=1)
    signed.ask_to_sign()

    signed.answer(C1=2)

    assert signed.stored().state is ReturnState.IN_PROGRESS
    outcome = sign(signed.stored(), person=signed.people["signer"], version=version, now=timezone.now())
    assert (outcome, Submission.objects.count()) == (AnswersChanged(version + 1), 0)
    signed.ask_to_sign()
    assert (outcomes(), signed.stored().state) == (["void", ""], ReturnState.WAITING)


def test_signer_cannot_sign_a_version_they_were_not_asked_to_sign(signed: Team) -> None:
    version = signed.answer(C1=1)
    signed.ask_to_sign()
    signed.answer(C1=2)
    outcome = sign(signed.stored(), person=signed.people["signer"], version=version + 1, now=timezone.now())
    assert (outcome, Submission.objects.count()) == (AnswersChanged(version + 1), 0)


def test_sent_back_with_a_reason_tells_the_chair(signed: Team) -> None:
    signed.answer(C1=1)
    signed.ask_to_sign()

    send_back(signed.stored(), person=signed.people["signer"], reason="C1 is <wrong>", now=timezone.now())

    assert (outcomes(), signed.stored().state) == (["sent_back"], ReturnState.IN_PROGRESS)
    assert "C1 is <wrong>" in Message.objects.get(recipient="chair@example.org").text


def test_chair_takes_it_back_at_any_moment_and_the_signer_cannot_sign_any_more(signed: Team) -> None:
    version = signed.answer(C1=1)
    signed.ask_to_sign()

    take_back(signed.stored(), by=signed.people["chair"], now=timezone.now())
    take_back(signed.stored(), by=signed.people["chair"], now=timezone.now())

    assert (outcomes(), signed.stored().state) == (["taken_back"], ReturnState.IN_PROGRESS)
    with pytest.raises(NotWaiting):
        sign(signed.stored(), person=signed.people["signer"], version=version, now=timezone.now())


def test_another_signer_replaces_the_first(signed: Team) -> None:
    version = signed.answer(C1=1)
    signed.ask_to_sign()
    signed.ask_to_sign("second")

    assert outcomes() == ["taken_back", ""]
    with pytest.raises(NotWaiting):
        sign(signed.stored(), person=signed.people["signer"], version=version, now=timezone.now())
    assert isinstance(
        sign(signed.stored(), person=signed.people["second"], version=version, now=timezone.now()), Submission
    )


def test_removing_the_signer_takes_the_request_back(signed: Team) -> None:
    signed.answer(C1=1)
    signed.ask_to_sign()

    remove(signed.barnet.contributions.get(part="signer"), by=signed.people["chair"], now=timezone.now())

    assert (outcomes(), signed.stored().state) == (["taken_back"], ReturnState.IN_PROGRESS)


def test_nothing_answered_and_answers_changed_are_not_sent_for_signature(signed: Team) -> None:
    chair, now = signed.people["chair"], timezone.now()
    with pytest.raises(NothingAnswered):
        ask_for_signature(signed.stored(), email="s@example.org", name="", version=0, by=chair, now=now)
    version = signed.answer(C1=1)
    outcome = ask_for_signature(signed.stored(), email="s@example.org", name="", version=0, by=chair, now=now)
    assert (outcome, outcomes()) == (AnswersChanged(version), [])


def test_the_signer_is_told_to_read_and_sign_and_nothing_about_answering(signed: Team) -> None:
    signed.answer(C1=1)
    signed.ask_to_sign()
    browser = signed.at("signer")
    boards, tasks, check = (
        browser.get(url).content.decode() for url in ("/returns/", signed.url(), signed.url("check/"))
    )
    assert "You are asked to sign one return." in boards
    assert ["Read and sign the answers" in tasks, "Check your answers" in tasks] == [True, False]
    assert ['href="#sign"' in check, 'id="sign"' in check, "You can still change" in check] == [True, True, False]
