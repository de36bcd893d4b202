"""Who may open and send what: every address below a return, for everybody who may come to it."""

import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from accounts.checks import routes
from accounts.models import Session
from respondents.returns.models import Save, Submission
from respondents.together.inviting import remove
from respondents.together.models import Comment, Consultation, Contribution, Handback, SignatureRequest, Transfer
from tests import builders
from tests.kept import kept
from tests.respondents.together.conftest import Team, gathered, needs_signature

pytestmark = pytest.mark.once
WHO = ("chair", "other", "ann", "removed", "signer", "stranger")
NOT = 404
OPEN = 200

# What GET gives: chair, other board's chair, contributor asked for B and C, removed contributor, signer, stranger.
GETS: dict[str, tuple[int, ...]] = {
    "": (OPEN, NOT, OPEN, NOT, OPEN, NOT),
    "all-questions/": (OPEN, NOT, OPEN, NOT, OPEN, NOT),
    "questions/B1/": (OPEN, NOT, OPEN, NOT, NOT, NOT),
    "questions/G1/": (OPEN, NOT, NOT, NOT, NOT, NOT),
    "check/": (OPEN, NOT, NOT, NOT, OPEN, NOT),
    "submissions/1/": (OPEN, NOT, OPEN, NOT, OPEN, NOT),
    "submissions/1/answers/": (OPEN, NOT, NOT, NOT, OPEN, NOT),
    "who-wrote-what/": (OPEN, NOT, OPEN, NOT, OPEN, NOT),
    "people/": (OPEN, NOT, NOT, NOT, NOT, NOT),
    "people/invite/": (OPEN, NOT, NOT, NOT, NOT, NOT),
    "people/{ann}/": (OPEN, NOT, NOT, NOT, NOT, NOT),
    "people/{removed}/": (NOT, NOT, NOT, NOT, NOT, NOT),
    "succession/": (OPEN, NOT, NOT, NOT, NOT, NOT),
    "sections/B/": (OPEN, NOT, OPEN, NOT, OPEN, NOT),
    "sections/G/": (OPEN, NOT, NOT, NOT, OPEN, NOT),
    "sections/none/": (NOT, NOT, NOT, NOT, NOT, NOT),
    "signature/?checked=1": (OPEN, NOT, NOT, NOT, NOT, NOT),
    "signature/send-back/": (OPEN, NOT, NOT, NOT, OPEN, NOT),
    "beside/": (409, NOT, NOT, NOT, NOT, NOT),  # nothing is released yet
    "beside/report.pdf": (409, NOT, NOT, NOT, NOT, NOT),
    "beside/report.docx": (409, NOT, NOT, NOT, NOT, NOT),
}
PERSON = {"name": "New", "email": "new@example.org"}
# What POST gives to each, with what is sent.
POSTS: dict[str, tuple[dict[str, Any], tuple[int, ...]]] = {
    "questions/B1/": ({"base-version": 1, "B1.health": "good"}, (303, NOT, 303, NOT, NOT, NOT)),
    "questions/G1/": ({"base-version": 1, "G1": "Forged"}, (303, NOT, NOT, NOT, NOT, NOT)),
    "questions/B1/settle/": (
        {"base-version": 1, "seen-version": 1, "B1.health": "good"},
        (303, NOT, 303, NOT, NOT, NOT),
    ),
    "questions/G1/settle/": ({"base-version": 1, "seen-version": 1, "G1": "Forged"}, (303, NOT, NOT, NOT, NOT, NOT)),
    "autosave/B1/": ({}, (400, NOT, 400, NOT, NOT, NOT)),  # without its fields, it is a page that did not arrive whole
    "autosave/G1/": ({}, (400, NOT, NOT, NOT, NOT, NOT)),
    "submit/": ({"base-version": 1}, (409, NOT, NOT, NOT, NOT, NOT)),  # this wave asks for a signature
    "people/invite/": ({**PERSON, "sections": ["B"]}, (303, NOT, NOT, NOT, NOT, NOT)),
    "people/{ann}/": ({"sections": ["G"]}, (303, NOT, NOT, NOT, NOT, NOT)),
    "people/{ann}/remove/": ({}, (303, NOT, NOT, NOT, NOT, NOT)),
    "people/{removed}/remove/": ({}, (NOT, NOT, NOT, NOT, NOT, NOT)),
    "succession/": ({**PERSON, "reason": "Retired"}, (303, NOT, NOT, NOT, NOT, NOT)),
    "sections/B/comment/": ({"text": "Hello"}, (303, NOT, 303, NOT, 303, NOT)),
    "sections/G/comment/": ({"text": "Hello"}, (303, NOT, NOT, NOT, 303, NOT)),
    "sections/B/ready/": ({}, (303, NOT, 303, NOT, NOT, NOT)),
    "sections/G/ready/": ({}, (303, NOT, NOT, NOT, NOT, NOT)),
    "sections/B/not-ready/": ({}, (303, NOT, 303, NOT, NOT, NOT)),
    "sections/B/consulted/": ({"consulted": ["dcs"]}, (303, NOT, NOT, NOT, NOT, NOT)),
    "signature/": ({**PERSON, "base-version": 1}, (303, NOT, NOT, NOT, NOT, NOT)),
    "signature/take-back/": ({}, (303, NOT, NOT, NOT, NOT, NOT)),
    "signature/sign/": ({"base-version": 1}, (409, NOT, NOT, NOT, 303, NOT)),
    "signature/send-back/": ({"reason": "No"}, (409, NOT, NOT, NOT, 303, NOT)),
}
BELOW = "returns/<uuid:return_id>/"
CODES = {"str:page_code": "B1", "str:section_code": "B", "int:contribution_id": "{ann}"}
ELSEWHERE = (
    "respondents.copies",
    "respondents.correspondence",
    "respondents.portal.copying",
)  # these rooms keep a matrix of their own


def answered() -> None:
    """Everybody there is, a return with an answer, waiting for a signature."""
    team = gathered()
    needs_signature(team)
    team.invite("removed", "B")
    remove(Contribution.objects.get(person=team.people["removed"]), by=team.people["chair"], now=timezone.now())
    builders.person("stranger@example.org")
    team.answer(C1=1)
    team.ask_to_sign()


@pytest.fixture(scope="module")
def answered_once(team_gathered_once: Team, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with kept(answered, django_db_blocker) as made:
        yield made


@pytest.fixture
def matrix(answered_once: None, db: None) -> Team:
    return gathered("removed", "signer", "stranger")


def address(team: Team, rest: str) -> str:
    ids = {who: Contribution.objects.get(person=team.people[who]).pk for who in ("ann", "removed")}
    return rest.format(**ids)


def stored() -> list[Any]:
    """Everything a post could change on a return."""
    kept = (Save, Submission, Comment, Consultation, Handback, Transfer, SignatureRequest, Contribution)
    return [list(model.objects.order_by("pk").values()) for model in kept]


@pytest.mark.parametrize("rest", GETS)
def test_everybody_opens_what_is_theirs_and_nothing_else(matrix: Team, rest: str) -> None:
    if rest.startswith("submissions/"):
        matrix.post("signer", "signature/sign/", **{"base-version": 1})
    url = address(matrix, rest)
    assert tuple(matrix.get(who, url).status_code for who in WHO) == GETS[rest]


@pytest.mark.parametrize("rest", POSTS)
@pytest.mark.parametrize("who", WHO)
def test_everybody_sends_what_is_theirs_and_nothing_else_changes_anything(matrix: Team, rest: str, who: str) -> None:
    sent, allowed = POSTS[rest]
    url, before = address(matrix, rest), stored()

    answer = matrix.at(who).post(matrix.url(url), sent)

    assert answer.status_code == allowed[WHO.index(who)]
    if answer.status_code != 303:
        assert stored() == before


def addresses(*, but_in: tuple[str, ...] = ()) -> set[str]:
    """What can follow the address of a return, for section B."""
    found = {
        pattern.removeprefix(BELOW)
        for pattern, route in routes(get_resolver())
        if pattern.startswith(BELOW) and not route.callback.__module__.startswith(but_in or "-")
    }
    return {re.sub(r"<(\w+:\w+)>", lambda name: CODES.get(name[1], "1"), pattern) for pattern in found}


def test_every_address_below_a_return_stands_in_the_matrix() -> None:
    assert addresses(but_in=ELSEWHERE) - {*GETS, *POSTS} == set()


@pytest.mark.parametrize("who", ["other", "removed", "stranger"])
def test_whoever_is_not_on_a_return_gets_nowhere_below_it_in_any_room(matrix: Team, who: str) -> None:
    before, let_in = stored(), []
    for rest in addresses():
        url = matrix.url(address(matrix, rest))
        answers = (matrix.at(who).get(url), matrix.at(who).post(url, {}))
        let_in += [(rest, answer.status_code) for answer in answers if answer.status_code not in {400, 404, 405}]
    assert (let_in, stored()) == ([], before)


def test_a_refused_post_is_logged(matrix: Team, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="survey.access"):
        matrix.save("ann", "G1", version=1, G1="Forged")
    ann = matrix.people["ann"].pk
    assert [record.getMessage() for record in caplog.records if record.name == "survey.access"] == [
        f"refused: NotYours for person {ann} at {matrix.url('questions/G1/')}"
    ]


def test_removal_holds_at_the_very_next_request_of_a_session_that_goes_on(matrix: Team) -> None:
    assert matrix.save("ann", "B1", version=1, **{"B1.health": "good"}).status_code == 303

    matrix.post("chair", f"people/{Contribution.objects.get(person=matrix.people['ann']).pk}/remove/")

    assert matrix.save("ann", "B1", version=2, **{"B1.health": "poor"}).status_code == 404
    assert (matrix.stored().version, matrix.stored().answers["B1.health"]) == (2, 2)
    assert Session.objects.count() > 1  # nobody was signed out


def test_other_sections_hold_at_the_very_next_request(matrix: Team) -> None:
    made = Contribution.objects.get(person=matrix.people["ann"])
    matrix.post("chair", f"people/{made.pk}/", sections=["G"])

    assert matrix.get("ann", "questions/B1/").status_code == 404
    assert matrix.get("ann", "questions/G1/").status_code == 200


def test_contributors_read_no_answer_outside_their_sections(matrix: Team) -> None:
    matrix.answer(G1="Secret of section G", C1=2)

    for rest in ("", "all-questions/", "questions/B1/", "who-wrote-what/", "sections/B/"):
        assert "Secret of section G" not in matrix.text("ann", rest)
    assert "Secret of section G" in matrix.text("chair", "who-wrote-what/")


def test_a_contribution_to_one_return_opens_no_other_board(matrix: Team) -> None:
    assert matrix.at("ann").get(matrix.url(of=matrix.derby)).status_code == 404
    assert "Derby" not in matrix.at("ann").get("/returns/").content.decode()
    assert matrix.at("other").post(matrix.url("people/invite/", of=matrix.barnet), PERSON).status_code == 404


def test_fields_that_were_not_asked_for_are_refused(matrix: Team) -> None:
    before = stored()
    answer = matrix.post("ann", "sections/B/comment/", text="Hello", written_by="1")
    assert (answer.status_code, stored() == before) == (400, True)


def test_nobody_signed_out_gets_anywhere(matrix: Team, client: Client) -> None:
    for rest in GETS:
        assert client.get(matrix.url(address(matrix, rest)))["Location"].startswith("/sign-in/")
