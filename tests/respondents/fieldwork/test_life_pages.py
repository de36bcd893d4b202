"""The pages of a wave's life: what they refuse, with which words, and who may see them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from respondents.fieldwork.opening import open_draft
from respondents.returns.models import Return
from survey.models import Wave
from tests.builders import chair, person, published, sign_in, two_boards, whole_register

pytestmark = pytest.mark.django_db
Prepared = Callable[..., Wave]


@pytest.fixture
def researcher(client: Client, runner: User) -> Client:
    return sign_in(client, runner)


def test_a_wave_is_started_with_a_short_name_from_its_title(researcher: Client) -> None:
    sent = {"title": "Survey of chairs, 2013", "slug": "", "is_test": "no"}

    answer = researcher.post("/waves/new/", sent)

    assert answer["Location"] == "/waves/survey-of-chairs-2013/tasks/"
    assert (
        "There is a wave called survey-of-chairs-2013 already" in researcher.post("/waves/new/", sent).content.decode()
    )
    assert "Use small letters" in researcher.post("/waves/new/", {**sent, "slug": "A b"}).content.decode()


@pytest.mark.once
@pytest.mark.parametrize(
    ("opens", "closes", "why"),
    [
        ("1 March 2030 at 9:00", "31 March 2030 at 1:30", "There is no 01:30 on 31 March 2030"),
        ("1 March 2030 at 9:00", "27 October 2030 at 1:30", "comes twice: the clocks go back"),
        ("1 March 2030 at 9:00", "28 February 2030 at 9:00", "The closing time is not after the opening time"),
        ("1 March 2010 at 9:00", "1 March 2011 at 9:00", "is in the past"),
        ("soon", "", "Enter a day and a time such as"),
    ],
)
def test_dates_that_cannot_be_are_refused_beside_the_field(
    researcher: Client, prepared: Prepared, opens: str, closes: str, why: str
) -> None:
    before = Wave.objects.values("opens_at", "closes_at").get(pk=prepared().pk)

    answer = researcher.post("/waves/next/tasks/dates/", {"opens_at": opens, "closes_at": closes})

    assert why in answer.content.decode()
    assert Wave.objects.values("opens_at", "closes_at").get() == before


@pytest.mark.once
def test_a_weekend_or_bank_holiday_is_told_and_not_refused(researcher: Client, prepared: Prepared) -> None:
    prepared()
    sent = {"opens_at": "1 April 2030 at 9:00", "closes_at": "Friday 19 April 2030 at 17:00"}

    answer = researcher.get(researcher.post("/waves/next/tasks/dates/", sent)["Location"])

    assert "It closes on a bank holiday (Good Friday)." in answer.content.decode()


@pytest.mark.once
def test_messages_and_mailings_of_a_draft_are_reached_from_its_tasks(researcher: Client, prepared: Prepared) -> None:
    prepared()
    page = researcher.get("/waves/next/tasks/").content.decode()

    for path in ("", "templates/", "plan/"):
        address = f"/waves/next/contacts/{path}"
        assert f'href="{address}"' in page
        assert researcher.get(address).status_code == 200


def test_opening_goes_by_a_page_that_says_what_happens(researcher: Client, prepared: Prepared) -> None:
    prepared()

    page = researcher.get("/waves/next/tasks/open/").content.decode()
    assert "Open the wave for 2 boards?" in page
    assert not Return.objects.exists()

    researcher.post("/waves/next/tasks/open/")
    assert Return.objects.count() == 2
    assert researcher.post("/waves/next/tasks/open/").status_code == 409


@pytest.mark.once
def test_what_is_missing_is_one_list_of_links(researcher: Client) -> None:
    researcher.post("/waves/new/", {"title": "Next", "slug": "", "is_test": "no"})

    answer = researcher.post("/waves/next/tasks/open/")

    assert answer.status_code == 409
    page = answer.content.decode()
    for path in ("questionnaire", "frame", "dates", "signature", "approvals", "plan", "test"):
        assert f'href="/waves/next/tasks/{path}/"' in page


def test_a_test_is_marked_on_every_page_of_its_chair(researcher: Client, prepared: Prepared, runner: User) -> None:
    draft = prepared("rehearsal", is_test=True)
    open_draft(draft, by=runner, now=timezone.now())
    found = Return.objects.select_related("board").get()
    assert found.board is not None
    browser = sign_in(Client(), chair(found.board))

    addresses = [reverse("portal:returns"), reverse("portal:question", args=[found.pk, "B1"])]
    addresses += [reverse(f"portal:{name}", args=[found.pk]) for name in ("tasks", "reading", "check")]
    for address in addresses:
        answer = browser.get(address)
        assert "Test: what you answer here will be deleted" in answer.content.decode(), address


@pytest.mark.once
def test_a_draft_is_seen_by_staff_alone(client: Client, prepared: Prepared) -> None:
    prepared()
    browser = sign_in(client, chair(two_boards()[0]))

    assert "The next survey" not in browser.get("/returns/").content.decode()
    assert browser.get("/waves/next/tasks/").status_code == 404
    analyst = sign_in(Client(), person("a@example.org", role=Role.ANALYST))
    assert analyst.get("/waves/next/tasks/").status_code == 404
    assert analyst.get("/waves/next/").status_code == 404


@pytest.mark.once
def test_the_pages_ask_the_database_the_same_however_many_boards(
    researcher: Client, prepared: Prepared, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    whole_register()
    published()
    wave = prepared()
    for path in ("", "frame/", "dates/", "approvals/", "open/"):
        with django_assert_max_num_queries(20):  # type: ignore[attr-defined]
            assert researcher.get(f"/waves/{wave.slug}/tasks/{path}").status_code == 200


def test_a_wave_is_extended_on_its_page_with_its_history(researcher: Client, prepared: Prepared, runner: User) -> None:
    draft = prepared()
    open_draft(draft, by=runner, now=timezone.now())
    later = timezone.localtime(draft.closes_at + timedelta(days=7))
    sent = {"until": f"{later:%d/%m/%Y %H:%M}", "reason": "Half term."}

    researcher.post("/waves/next/tasks/extend/", sent)
    again = researcher.post("/waves/next/tasks/extend/", sent).content.decode()

    assert "choose a later closing time" in again
    assert "Extended by Runner" in again
    assert "Half term." in again
