from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from respondents.register.models import Board
from respondents.returns.models import Return
from tests import builders
from tests.respondents.portal.conftest import Portal

# Session, person, returns: the same for one board and for three.
QUERIES = 3


def test_list_names_each_board_with_state_and_closing_time(portal: Portal) -> None:
    portal.save("B1", version=0, B1__health="good")

    text = portal.client.get("/returns/").content.decode()

    assert text.index("Barnet Local") < text.index("Derby and Derbyshire Local")
    assert ["In progress" in text, "Not started" in text, "Last changed by you today at" in text] == [True, True, True]
    assert f"Closes {timezone.localtime(portal.wave.closes_at):%A}" in text


def test_list_leaves_out_boards_of_others(portal: Portal, client: Client) -> None:
    client.force_login(builders.chair(portal.boards[1], email="derby@example.org"))

    text = client.get("/returns/").content.decode()

    assert ["Barnet" in text, "Derby and Derbyshire" in text] == [False, True]


def test_list_without_boards_says_what_will_appear(client: Client, db: None) -> None:
    client.force_login(builders.person("new@example.org"))

    assert "Here you will find a return for each board" in client.get("/returns/").content.decode()


def test_list_forgets_a_board_when_the_appointment_ends(portal: Portal) -> None:
    portal.person.appointments.update(until_date=timezone.localdate() - timedelta(days=1))

    assert "Here you will find" in portal.client.get("/returns/").content.decode()


def test_list_says_that_a_submitted_return_was_changed(portal: Portal) -> None:
    portal.save("B1", version=0, B1__health="good")
    portal.submit(1)
    portal.save("B1", version=1, B1__health="poor")

    assert "Changed since it was submitted" in portal.client.get("/returns/").content.decode()


def test_list_sets_surveys_that_closed_apart(portal: Portal) -> None:
    open_still = portal.client.get("/returns/").content.decode()
    portal.now_closed()
    over = portal.client.get("/returns/").content.decode()

    assert ["Surveys that have closed" in open_still, "Not started" in open_still] == [False, True]
    assert "No survey is open for your boards now." in over
    assert over.index("Surveys that have closed") < over.index("Barnet Local")
    assert (over.count("Not submitted"), over.count("Not started")) == (2, 0)


@pytest.mark.parametrize("boards", [1, 3])
def test_list_costs_the_same_for_one_board_and_for_three(
    boards: int, client: Client, db: None, django_assert_num_queries: object
) -> None:
    two = builders.two_boards()
    leeds = Board.objects.create(slug="leeds", name="Leeds Board", area_name="Leeds", authority_type="Metropolitan")
    now = timezone.now()
    builders.wave(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1))
    client.force_login(builders.chair(*[*two, leeds][:boards]))

    with django_assert_num_queries(QUERIES):  # type: ignore[operator]
        text = client.get("/returns/").content.decode()

    assert text.count("app-returns__row") == boards


def test_home_leads_everybody_to_their_own_first_page(portal: Portal) -> None:
    home = portal.client.get("/")
    assert (home.status_code, home["Location"]) == (302, "/returns/")
    assert "Start now" in Client().get("/").content.decode()


def test_pages_of_a_return_are_not_there_for_others(portal: Portal, client: Client) -> None:
    client.force_login(builders.chair(portal.boards[1], email="derby@example.org"))
    pages = ["", "all-questions/", "questions/B1/", "check/", "submissions/1/", "submissions/1/answers/"]

    assert [client.get(portal.url(page)).status_code for page in pages] == [404] * len(pages)
    posts = ["questions/B1/", "questions/B1/settle/", "submit/"]
    sent = {"base-version": 0, "seen-version": 0, "B1.health": "good"}
    assert [client.post(portal.url(page), sent).status_code for page in posts] == [404] * len(posts)
    assert Return.objects.filter(version__gt=0).count() == 0


def test_pages_ask_strangers_to_sign_in(portal: Portal) -> None:
    found = Client().get(portal.url("check/"))
    assert (found.status_code, found["Location"].partition("?")[0]) == (302, "/sign-in/")


def test_appointment_that_has_not_begun_opens_nothing(portal: Portal, client: Client) -> None:
    later = builders.person("later@example.org")
    later.appointments.create(board=portal.boards[0], from_date=date(2099, 1, 1))
    client.force_login(later)

    assert client.get(portal.url()).status_code == 404
