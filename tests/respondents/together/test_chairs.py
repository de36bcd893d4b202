"""Staff record who chairs a board now."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from accounts.models import Role
from respondents.register.models import Appointment
from respondents.together.models import Transfer
from tests import builders
from tests.respondents.together.conftest import Team

# Session, person, wave, returns with boards, chairs.
QUERIES = 7
SENT = {"name": "New", "email": "new@example.org", "reason": "The chair died"}


@pytest.fixture
def staffed(team: Team) -> Team:
    team.people |= {role: builders.person(f"{role}@example.org", role=role) for role in Role}
    return team


def url(team: Team, rest: str = "") -> str:
    return f"/waves/{team.wave.slug}/chairs/{rest}"


def test_researchers_see_every_board_with_its_chair(
    staffed: Team, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    browser = staffed.at(Role.RESEARCHER)
    with django_assert_num_queries(QUERIES):
        text = browser.get(url(staffed)).content.decode()
    assert ["Barnet Local" in text, ">Chair<" in text, ">Other<" in text] == [True, True, True]
    by_name = [browser.get(url(staffed, f"?name={name}")).content.decode() for name in ("barnet", "OTHER", "nobody")]
    assert [["Barnet Local" in each, ">Other<" in each] for each in by_name] == [
        [True, False],
        [False, True],
        [False, False],
    ]


def test_a_researcher_replaces_a_chair_and_the_draft_stays(staffed: Team) -> None:
    staffed.answer(C1=1)
    chair = staffed.people["chair"]

    answer = staffed.at(Role.RESEARCHER).post(url(staffed, f"{staffed.barnet.pk}/"), {**SENT, "outgoing": chair.pk})

    made = Transfer.objects.get()
    assert (answer.status_code, answer["Location"]) == (
        303,
        url(staffed).replace("chairs/", f"boards/{staffed.barnet.pk}/"),
    )
    assert (made.from_person, made.to_person.email, made.reason) == (chair, "new@example.org", "The chair died")
    staffed.people["new"] = made.to_person
    assert (staffed.get("chair").status_code, staffed.get("new").status_code) == (404, 200)
    assert staffed.stored().answers == {"C1": 1}


def test_a_board_that_nobody_chairs_gets_a_chair(staffed: Team) -> None:
    Appointment.objects.filter(board=staffed.barnet.board).delete()
    staffed.at(Role.RESEARCHER).post(url(staffed, f"{staffed.barnet.pk}/"), {**SENT, "outgoing": "nobody"})
    made = Transfer.objects.get()
    assert (made.from_person, made.to_person.email) == (None, "new@example.org")


def test_somebody_who_is_no_chair_cannot_be_replaced(staffed: Team) -> None:
    other = staffed.people["other"].pk
    answer = staffed.at(Role.RESEARCHER).post(url(staffed, f"{staffed.barnet.pk}/"), {**SENT, "outgoing": other})
    assert (answer.status_code, Transfer.objects.count()) == (200, 0)


@pytest.mark.parametrize("who", ["chair", "ann", Role.ANALYST, Role.ADMINISTRATOR])
def test_only_researchers_come_here(staffed: Team, who: str) -> None:
    browser, of_barnet = staffed.at(who), url(staffed, f"{staffed.barnet.pk}/")
    assert [browser.get(url(staffed)).status_code, browser.get(of_barnet).status_code] == [404, 404]
    assert browser.post(of_barnet, {**SENT, "outgoing": "nobody"}).status_code == 404
    assert not Transfer.objects.exists()


def test_the_way_there_is_shown_to_researchers(staffed: Team) -> None:
    for who, is_shown in ((Role.RESEARCHER, True), (Role.ADMINISTRATOR, False)):
        text = staffed.at(who).get(f"/waves/{staffed.wave.slug}/boards/").content.decode()
        assert (url(staffed) in text) is is_shown


def test_a_return_of_another_wave_is_not_found_here(staffed: Team) -> None:
    later = builders.wave("later")
    browser = staffed.at(Role.RESEARCHER)
    assert browser.get(f"/waves/{later.slug}/chairs/{staffed.barnet.pk}/").status_code == 404
