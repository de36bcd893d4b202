"""Who may take which copy away: every address of this room, for everybody who may come to it."""

import pytest
from django.urls import get_resolver
from django.utils import timezone

from accounts.checks import routes
from accounts.models import User
from respondents.together.inviting import remove
from respondents.together.models import Contribution
from tests.respondents.together.conftest import Team

pytestmark = pytest.mark.once

WHO = ("chair", "other", "ann", "removed", "signer", "stranger")
OPEN, NOT = 200, 404
ALL_WHO_READ = (OPEN, NOT, NOT, NOT, OPEN, NOT)
ALL_ON_THE_RETURN = (OPEN, NOT, OPEN, NOT, OPEN, NOT)

GETS = {
    "copies/": ALL_WHO_READ,
    "copies/differences/": ALL_WHO_READ,
    "copies/draft.pdf": ALL_WHO_READ,
    "copies/draft.csv": ALL_WHO_READ,
    "copies/submission-1.pdf": ALL_WHO_READ,
    "copies/submission-1.csv": ALL_WHO_READ,
    "copies/questions.pdf": ALL_ON_THE_RETURN,
    "copies/questions.docx": ALL_ON_THE_RETURN,
}


@pytest.fixture
def matrix(signed: Team) -> Team:
    """Everybody there is, and a return that was signed and sent."""
    signed.invite("removed", "B")
    remove(Contribution.objects.get(person=signed.people["removed"]), by=signed.people["chair"], now=timezone.now())
    signed.people["stranger"] = User.objects.create(email="stranger@example.org")
    signed.answer(C1=1)
    signed.ask_to_sign()
    signed.post("signer", "signature/sign/", **{"base-version": 1})
    return signed


@pytest.mark.parametrize("rest", GETS)
def test_everybody_takes_away_what_they_may_read_and_nothing_else(matrix: Team, rest: str) -> None:
    assert tuple(matrix.get(who, rest).status_code for who in WHO) == GETS[rest]


@pytest.mark.parametrize("rest", GETS)
def test_nothing_is_taken_away_by_any_other_verb(team: Team, rest: str) -> None:
    assert team.post("chair", rest).status_code == 405


def test_every_address_of_this_room_stands_in_the_matrix() -> None:
    patterns = {
        pattern.removeprefix("returns/<uuid:return_id>/").replace("<int:number>", "1")
        for pattern, route in routes(get_resolver())
        if route.callback.__module__.startswith("respondents.copies") and "<uuid:return_id>" in pattern
    }
    assert patterns == GETS.keys()
