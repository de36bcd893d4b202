"""A researcher helps one board: more time, answers by telephone, and a return that named no board."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import Role
from respondents.returns.importing import import_returns
from respondents.returns.models import Return, Submission
from tests import builders

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

BOARDS = "/waves/munro-2012/boards/"
LOOSE = b"return_id,board,authority_type,region,submitted_at,minutes_taken,C1\nR1,,County,,,40,agree\n"


@pytest.fixture
def barnet(context: BrowserContext, live_server: LiveServer) -> Return:
    """Barnet's return in an open wave, one that names no board, and the browser of a researcher."""
    cache.clear()
    now, boards = timezone.now(), builders.two_boards()
    wave = builders.wave(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=3))
    builders.chair(boards[0])
    import_returns(wave, LOOSE, now=now)
    client = builders.sign_in(Client(), builders.person("ruth@example.org", role=Role.RESEARCHER))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    return builders.return_of("barnet", in_wave=wave)


@pytest.fixture
def look(page: Page, barriers: Callable[[Page], str]) -> Callable[[], None]:
    """Looks whether the page that is open keeps anybody out, narrow and wide."""

    def looking() -> None:
        for width in (320, 768):
            page.set_viewport_size({"width": width, "height": 1000})
            assert barriers(page) == "", f"{page.url} at {width}"
            assert page.evaluate("document.documentElement.scrollWidth") == width, f"{page.url} at {width}"

    return looking


def test_a_board_is_found_given_more_time_and_its_answers_are_taken_by_telephone(
    page: Page, barnet: Return, look: Callable[[], None]
) -> None:
    page.goto(BOARDS)
    look()
    page.get_by_label("Board or authority").fill("barn")
    page.get_by_role("button", name="Show these boards").click()
    expect(page.get_by_role("status")).to_have_text("1 board")
    page.get_by_role("link", name="Barnet").click()
    look()
    give_more_time(page, look)
    take_answers(page, barnet, look)

    expect(page.get_by_text("Declared on the telephone by Chair")).to_be_visible()
    assert Submission.objects.get(survey_return=barnet).declared_by == "Chair"
    look()


def give_more_time(page: Page, look: Callable[[], None]) -> None:
    page.get_by_role("link", name="Give more time").click()
    look()
    page.get_by_label("Reason").fill("The chair was ill")
    page.get_by_role("button", name="Give more time").click()
    expect(page.get_by_text("More time until")).to_be_visible()


def take_answers(page: Page, barnet: Return, look: Callable[[], None]) -> None:
    page.get_by_role("link", name="Take answers by telephone").click()
    look()
    expect(page.get_by_label("Who gives the answers?")).to_have_value("Chair")
    page.get_by_label("Why by telephone?").fill("No computer today")
    page.get_by_role("button", name="Begin").click()
    look()
    page.goto(f"{BOARDS}{barnet.pk}/telephone/questions/C1/")
    expect(page.get_by_text("By telephone", exact=True)).to_be_visible()
    page.get_by_label("Strongly agree").first.check()
    page.get_by_role("button", name="Save and return to the task list").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Answers by telephone")
    page.get_by_role("button", name="Read the answers back and submit").click()
    look()
    page.get_by_label("I have read the answers back").check()
    page.get_by_role("button", name="Submit the return").click()


@pytest.mark.usefixtures("barnet")
def test_a_return_that_named_no_board_is_settled_and_boards_without_a_chair_are_found(
    page: Page, look: Callable[[], None]
) -> None:
    page.goto(f"{BOARDS}without-a-board/")
    look()
    page.get_by_role("link", name="Return R1").click()
    page.get_by_label("Whose return is it?").select_option("derby-and-derbyshire")
    page.get_by_role("button", name="Compare the two returns").click()
    look()
    page.get_by_label("Reason").fill("She rang")
    page.get_by_role("button", name="Settle it").click()
    expect(page.get_by_text("This return is kept as a duplicate")).to_be_visible()

    page.goto("/waves/munro-2012/chairs/")
    expect(page.get_by_text("1 board without a chair")).to_be_visible()
    look()
