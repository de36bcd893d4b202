"""What the pages of the correspondence cost, with little said and with much."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from respondents.correspondence.writing import write_to_board, write_to_team
from tests import builders
from tests.respondents.correspondence.conftest import Correspondents

# Session and person stand before each.
BOARD = {
    "": 12,  # return, chair, people, handbacks, comments, submissions, reopenings, queries, wish, last message
    "messages/": 6,  # return, chair, messages, queries
    "reopening/": 7,  # return, chair, wish, reopenings, those in force
    "questions/C1/": 6,  # return, chair, reopenings, queries
}
RECORDED = 6  # an entry in the audit: savepoint, head twice, entry, head, release
# return, who waits, the post; messages, queries, wish, request, reopenings; wish
TEAM = {"": 10 + RECORDED, "queries/new/": 5, "reopen/": 6}
THREADS = 6  # wave, its boards, who waits, the post


def much_is_said(talk: Correspondents) -> None:
    now = timezone.now()
    for number in range(30):
        at = now - timedelta(hours=2 * (30 - number))
        write_to_team(talk.team.barnet, text="?", key=uuid4(), by=talk.team.people["chair"], now=at)
        write_to_board(talk.team.barnet, text="!", key=uuid4(), by=talk.team.people["researcher"], now=at)
        talk.query()


@pytest.mark.parametrize("much", [False, True])
def test_pages_of_the_board_cost_the_same_however_much_was_said(
    talk: Correspondents, django_assert_num_queries: object, *, much: bool
) -> None:
    if much:
        much_is_said(talk)
    talk.close_wave()
    talk.reopen("C")
    talk.team.at("chair")
    for rest, queries in BOARD.items():
        standing = int(much and rest.startswith("questions/"))  # only a page that is asked about looks how that stands
        with django_assert_num_queries(queries + standing):  # type: ignore[operator]
            assert talk.team.get("chair", rest).status_code == 200


@pytest.mark.parametrize("much", [False, True])
def test_pages_of_the_team_cost_the_same_however_much_was_said(
    talk: Correspondents, django_assert_num_queries: object, *, much: bool
) -> None:
    if much:
        much_is_said(talk)
    talk.team.at("researcher").get(talk.url())
    for rest, queries in TEAM.items():
        with django_assert_num_queries(queries):  # type: ignore[operator]
            assert talk.team.at("researcher").get(talk.url(rest)).status_code == 200


@pytest.mark.parametrize("boards", [2, 148])
def test_the_list_of_boards_costs_the_same_for_two_and_for_148(
    talk: Correspondents, django_assert_num_queries: object, boards: int
) -> None:
    if boards == 148:
        builders.whole_register()
        talk.team.wave = builders.wave("whole")
    talk.team.at("researcher")
    with django_assert_num_queries(THREADS):  # type: ignore[operator]
        text = talk.team.at("researcher").get(f"/waves/{talk.team.wave.slug}/messages/").content.decode()
    assert text.count('<li><a class="govuk-link"') >= boards
