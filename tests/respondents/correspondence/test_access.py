"""Everybody who may come to an address of the correspondence, and what becomes of them there."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import get_resolver
from pytest_django import DjangoDbBlocker

from accounts.checks import routes
from accounts.outbox.models import Message
from respondents.correspondence.models import (
    Feedback,
    Query,
    QueryStep,
    ReopeningRequest,
    ReopeningWish,
    TeamMessage,
)
from respondents.returns.reopening import Reopening
from respondents.together.inviting import remove
from tests.kept import kept
from tests.respondents.correspondence.conftest import Correspondents
from tests.respondents.together.conftest import Team, gathered

pytestmark = pytest.mark.once
KEY, NOT, IN = str(uuid4()), 404, 302
WHO = ("chair", "other", "ann", "removed", "signer", "researcher", "analyst", "administrator", "nobody")
SAID = {"key": KEY, "text": "Hello"}
# What each of WHO gets, reading; ann was asked for sections B and C, and the query is about C1.
BOARD_GETS = {
    "messages/": (200, NOT, NOT, NOT, 200, NOT, NOT, NOT, IN),
    "queries/{query}/": (200, NOT, 200, NOT, 200, NOT, NOT, NOT, IN),
    "queries/{other_query}/": (200, NOT, NOT, NOT, 200, NOT, NOT, NOT, IN),
    "queries/999/": (NOT, NOT, NOT, NOT, NOT, NOT, NOT, NOT, IN),
    "reopening/": (200, NOT, 200, NOT, 200, NOT, NOT, NOT, IN),
    "submissions/1/how-it-went/": (200, NOT, NOT, NOT, 200, NOT, NOT, NOT, IN),
    "submissions/1/how-it-went/skip/": (405, 405, 405, 405, 405, 405, 405, 405, IN),
}
BOARD_POSTS = {
    "messages/": (SAID, (303, NOT, NOT, NOT, 303, NOT, NOT, NOT, IN)),
    "queries/{query}/": (SAID, (303, NOT, NOT, NOT, NOT, NOT, NOT, NOT, IN)),
    "reopening/": ({"sections": ["C"], "reason": "?"}, (303, NOT, NOT, NOT, NOT, NOT, NOT, NOT, IN)),
    "submissions/1/how-it-went/": ({"minutes": "9"}, (303, NOT, NOT, NOT, 303, NOT, NOT, NOT, IN)),
    "submissions/1/how-it-went/skip/": ({}, (303, NOT, NOT, NOT, 303, NOT, NOT, NOT, IN)),
}
STAFF = (NOT, NOT, NOT, NOT, NOT, 200, NOT, NOT, IN)
STAFF_MAY = (NOT, NOT, NOT, NOT, NOT, 303, NOT, NOT, IN)
TEAM_GETS = {
    "": STAFF,
    "queries/new/": STAFF,
    "queries/{query}/": STAFF,
    "queries/{query}/close/": (NOT, NOT, NOT, NOT, NOT, 405, NOT, NOT, IN),
    "reopen/": STAFF,
    "reopen/{asked}/": STAFF,
    "reopen/{asked}/approve/": (NOT, NOT, NOT, NOT, NOT, 405, NOT, NOT, IN),
    "reopen/{asked}/end/": STAFF,
    "reopen/999/": (NOT, NOT, NOT, NOT, NOT, NOT, NOT, NOT, IN),
    "decline/": STAFF,
}
TEAM_POSTS = {
    "": (SAID, STAFF_MAY),
    "queries/new/": ({**SAID, "item": "C1"}, STAFF_MAY),
    "queries/{query}/": (SAID, (NOT, NOT, NOT, NOT, NOT, 409, NOT, NOT, IN)),
    "queries/{query}/close/": ({"key": KEY}, STAFF_MAY),
    "reopen/": ({"key": KEY, "sections": ["C"], "until": "2099-01-01T10:00", "reason": "?"}, STAFF_MAY),
    # whoever asked cannot approve
    "reopen/{asked}/approve/": ({}, (NOT, NOT, NOT, NOT, NOT, 403, NOT, NOT, IN)),
    "reopen/{asked}/end/": ({"reason": "?"}, STAFF_MAY),
    "decline/": ({"reason": "?"}, (NOT, NOT, NOT, NOT, NOT, 409, NOT, NOT, IN)),
}


def submitted() -> None:
    """A submitted return in a closed wave, and everybody there may be."""
    talk = Correspondents(gathered())
    team = talk.team
    version = team.answer(C1=1)
    team.ask_to_sign("signer")
    team.post("chair", "submit/", **{"base-version": version})
    made = team.invite("removed", "C")
    remove(made, by=team.people["chair"], now=made.invited_at)
    talk.close_wave()


@pytest.fixture(scope="module")
def submitted_once(team_gathered_once: Team, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with kept(submitted, django_db_blocker) as made:
        yield made


@pytest.fixture
def stage(submitted_once: None, db: None) -> Correspondents:
    """The same, each at their own browser."""
    return Correspondents(gathered("removed", "signer"))


def browser(talk: Correspondents, who: str) -> Client:
    return Client() if who == "nobody" else talk.team.at(who)


def filled(talk: Correspondents, rest: str) -> str:
    queries = {"query": talk.query(item="C1").pk, "other_query": talk.query(item="G1").pk}
    return rest.format(**queries, asked=talk.ask("C").pk if "{asked}" in rest else 0)


@pytest.mark.parametrize("rest", BOARD_GETS)
def test_everybody_who_reads_a_page_of_the_board(stage: Correspondents, rest: str) -> None:
    url = stage.team.url(filled(stage, rest))
    assert tuple(browser(stage, who).get(url).status_code for who in WHO) == BOARD_GETS[rest]


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("rest", BOARD_POSTS)
def test_everybody_who_sends_a_form_of_the_board(stage: Correspondents, rest: str, who: str) -> None:
    sent, expected = BOARD_POSTS[rest]
    url = stage.team.url(filled(stage, rest))
    before = counted()

    status = browser(stage, who).post(url, sent).status_code

    assert (status, counted() != before) == (expected[WHO.index(who)], status == 303)


@pytest.mark.parametrize("rest", TEAM_GETS)
def test_everybody_who_reads_a_page_of_the_team(stage: Correspondents, rest: str) -> None:
    url = stage.url(filled(stage, rest))
    assert tuple(browser(stage, who).get(url).status_code for who in WHO) == TEAM_GETS[rest]


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("rest", TEAM_POSTS)
def test_everybody_who_sends_a_form_of_the_team(stage: Correspondents, rest: str, who: str) -> None:
    sent, expected = TEAM_POSTS[rest]
    url = stage.url(filled(stage, rest))
    before = counted()

    status = browser(stage, who).post(url, sent).status_code

    assert (status, counted() != before) == (expected[WHO.index(who)], status == 303)


def test_everybody_who_reads_the_list_of_boards(stage: Correspondents) -> None:
    assert tuple(browser(stage, who).get("/waves/munro-2012/messages/").status_code for who in WHO) == STAFF
    assert browser(stage, "researcher").get("/waves/other/messages/").status_code == 404


def test_a_return_of_another_wave_and_a_query_of_another_return_are_not_found(stage: Correspondents) -> None:
    query, team = stage.query().pk, stage.team
    assert team.at("researcher").get(f"/waves/other/messages/{team.barnet.pk}/").status_code == 404
    for url in (
        f"/waves/munro-2012/messages/{team.derby.pk}/queries/{query}/",
        f"/returns/{team.derby.pk}/queries/{query}/",
    ):
        assert {team.at(who).get(url).status_code for who in ("researcher", "other")} == {404}


def test_every_address_of_the_correspondence_stands_in_a_matrix() -> None:
    found = {
        pattern.rpartition("<uuid:return_id>/")[2]
        .replace("<int:query_id>", "{query}")
        .replace("<int:asked_id>", "{asked}")
        .replace("<int:number>", "1")
        for pattern, route in routes(get_resolver())
        if route.callback.__module__.startswith("respondents.correspondence")
    }
    assert found == {*BOARD_GETS, *TEAM_GETS, "waves/<slug:slug>/messages/"} - {
        "queries/{other_query}/",
        "queries/999/",
        "reopen/999/",
    }


def counted() -> tuple[int, ...]:
    models = (TeamMessage, Query, QueryStep, ReopeningWish, ReopeningRequest, Reopening, Feedback, Message)
    ended = ReopeningRequest.objects.exclude(decision="").count()
    return (ended, *(model._default_manager.count() for model in models))
