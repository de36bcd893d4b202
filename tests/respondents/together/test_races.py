"""Several people at the same moment: one signature, one contribution, one successor."""

from collections.abc import Callable
from itertools import count

import pytest
from django.utils import timezone

from accounts.refusals import Refusal
from respondents.register.models import Appointment
from respondents.returns.models import ReturnState, Submission
from respondents.returns.refusals import NoLongerChair, NotWaiting
from respondents.together.models import Contribution, SignatureRequest, Transfer
from respondents.together.signing import sign, take_back
from respondents.together.succession import transfer_return
from tests.races import at_once
from tests.respondents.together.conftest import Team, gather

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 10


@pytest.fixture
def team(db: None) -> Team:
    """Made anew, since what is done at once is done for good."""
    return gather()


def outcome(do: Callable[[], object]) -> object:
    """What it gives, or the kind of refusal."""
    try:
        return do()
    except Refusal as refused:
        return type(refused)


def test_signed_many_times_at_once_is_one_submission(signed: Team) -> None:
    version = signed.answer(C1=1)
    signed.ask_to_sign()
    found, signer = signed.stored(), signed.people["signer"]

    made = at_once(MANY, lambda: sign(found, person=signer, version=version, now=timezone.now()))

    assert (len(set(made)), Submission.objects.count()) == (1, 1)


@pytest.mark.parametrize("attempt", range(5))
def test_signed_and_taken_back_at_once_is_one_of_the_two(signed: Team, attempt: int) -> None:
    version = signed.answer(C1=1)
    signed.ask_to_sign()
    found, signer, chair, turns = signed.stored(), signed.people["signer"], signed.people["chair"], count()

    def either() -> object:
        if next(turns) % 2:
            return outcome(lambda: take_back(found, by=chair, now=timezone.now()))
        return outcome(lambda: sign(found, person=signer, version=version, now=timezone.now()))

    at_once(2, either)

    request, is_sent = SignatureRequest.objects.get(), Submission.objects.exists()
    expected = ("signed", ReturnState.SUBMITTED) if is_sent else ("taken_back", ReturnState.IN_PROGRESS)
    assert (request.outcome, signed.stored().state) == expected


def test_taken_back_the_signature_is_refused(signed: Team) -> None:
    version = signed.answer(C1=1)
    signed.ask_to_sign()
    take_back(signed.stored(), by=signed.people["chair"], now=timezone.now())
    signer = signed.people["signer"]
    assert outcome(lambda: sign(signed.stored(), person=signer, version=version, now=timezone.now())) is NotWaiting


def test_invited_many_times_at_once_is_one_contribution(team: Team) -> None:
    at_once(MANY, lambda: team.invite("bob", "G"))
    assert Contribution.objects.current().filter(person__email="bob@example.org").count() == 1


def test_one_chair_has_one_successor(team: Team) -> None:
    found, chair, names = team.stored(), team.people["chair"], count()

    def transfer() -> object:
        email = f"new{next(names)}@example.org"
        return outcome(
            lambda: transfer_return(
                found, outgoing=chair, email=email, name="New", reason="?", by=chair, now=timezone.now()
            )
        )

    given = at_once(4, transfer)

    assert given.count(NoLongerChair) == 3
    current = Appointment.objects.filter(board=found.board).current_on(timezone.localdate())
    assert (Transfer.objects.count(), current.count()) == (1, 1)
