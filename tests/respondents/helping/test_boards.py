"""The boards of a wave as the team finds them, and one board's page, which holds no answer."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from respondents.helping.boards import boards_of
from respondents.returns.models import Return
from respondents.returns.submitting import submit_return
from tests import builders
from tests.respondents.helping.conftest import Correspondents

pytestmark = pytest.mark.django_db

LIST, BOARD = 7, 16


def names(talk: Correspondents, **wanted: Any) -> list[str]:
    boards = boards_of(talk.team.wave, wanted=wanted, now=timezone.now())
    return [found.board.slug for found in boards if found.board]


def test_boards_are_found_by_name_by_authority_by_stratum_and_by_more_time(talk: Correspondents) -> None:
    both = ["barnet", "derby-and-derbyshire"]
    assert names(talk) == both
    assert names(talk, name="BARN") == ["barnet"]
    assert names(talk, name="derby") == ["derby-and-derbyshire"]
    assert names(talk, region="Outer London") == ["barnet"]
    assert names(talk, authority_type="County", region="Outer London") == []
    assert names(talk, state="not_started") == both
    talk.team.answer(C1=1)
    assert names(talk, state="in_progress") == ["barnet"]
    Return.objects.filter(pk=talk.team.barnet.pk).update(extended_until=talk.team.wave.closes_at + timedelta(days=1))
    assert names(talk, state="extended") == ["barnet"]


def test_one_board_shows_who_saved_how_much_where_and_when_and_no_answer(talk: Correspondents) -> None:
    team = talk.team
    version = team.answer(C1=1, C2=2, G1="Our money was cut")
    sent = submit_return(team.stored(), person=team.people["chair"], version=version, now=timezone.now())
    talk.query()

    text = team.at("researcher").get(f"/waves/munro-2012/boards/{team.barnet.pk}/").content.decode()

    assert getattr(sent, "reference", "?") in text
    assert "2 items in" in text
    assert "1 item in" in text
    assert "The respondent’s pages" in text.replace("&#x27;", "’")
    assert "1 query, 1 not closed" in text
    assert f"/waves/munro-2012/contacts/{team.barnet.pk}/" in text
    assert f"/register/people/{team.people['chair'].pk}/" in text
    assert "Ann" in text
    assert "Our money was cut" not in text


def test_researchers_and_administrators_read_it_and_only_researchers_act(talk: Correspondents) -> None:
    team, base = talk.team, "/waves/munro-2012/boards/"
    who = ("researcher", "administrator", "analyst", "chair", "ann")
    for path, expected in {
        base: (200, 200, 404, 404, 404),
        f"{base}{team.barnet.pk}/": (200, 200, 404, 404, 404),
        f"{base}{team.barnet.pk}/more-time/": (200, 404, 404, 404, 404),
    }.items():
        assert tuple(team.at(each).get(path).status_code for each in who) == expected
        assert team.at("researcher").get(path.replace("munro-2012", "other")).status_code == 404
    assert "more-time" not in team.at("administrator").get(f"{base}{team.barnet.pk}/").content.decode()


@pytest.mark.parametrize("boards", [2, 148])
def test_the_list_costs_the_same_for_two_and_for_148(
    talk: Correspondents, django_assert_num_queries: object, boards: int
) -> None:
    if boards == 148:
        builders.whole_register()
        talk.team.wave = builders.wave("whole")
    ruth = talk.team.at("researcher")
    with django_assert_num_queries(LIST):  # type: ignore[operator]
        text = ruth.get(f"/waves/{talk.team.wave.slug}/boards/?state=not_started").content.decode()
    assert f"{talk.team.wave.returns.count()} boards" in text
    assert ("Page 1 of 3" in text) == (boards == 148)


@pytest.mark.parametrize("saves", [0, 60])
def test_one_board_costs_the_same_however_much_was_saved(
    talk: Correspondents, django_assert_num_queries: object, saves: int
) -> None:
    for number in range(saves):
        talk.team.answer(G1=f"Text {number}")
    ruth = talk.team.at("researcher")
    with django_assert_num_queries(BOARD + int(saves > 0)):  # type: ignore[operator]
        text = ruth.get(f"/waves/munro-2012/boards/{talk.team.barnet.pk}/").content.decode()
    assert ("Page 1 of 2" in text) == (saves == 60)
