"""A researcher at a small window plans the reminders, looks at who gets one, chooses words and notes a call."""

import os
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from accounts.models import Role
from respondents.contacts.models import Mailing
from respondents.fieldwork.inviting import invite_chairs
from tests.builders import chair, person, sign_in, two_boards, wave

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
BASE = "/waves/munro-2012/contacts/"
PICTURES = os.environ.get("PICTURES", "")


@pytest.fixture
def researcher(context: BrowserContext, live_server: object) -> None:
    """The browser of a researcher, in a wave of two boards whose chairs were invited."""
    for board in two_boards():
        chair(board, email=f"{board.slug}@example.org")
    now = timezone.now()
    invite_chairs(wave(opens_at=now - timedelta(days=3), closes_at=now + timedelta(days=40)), now=now)
    client = sign_in(Client(), person("jo@example.org", role=Role.RESEARCHER))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": str(live_server)}])


@pytest.fixture
def look(page: Page, barriers: Callable[[Page], str]) -> Callable[[str], None]:
    """Nobody is kept out of the page as it stands, and it does not scroll sideways."""
    page.set_viewport_size({"width": 768, "height": 900})

    def at(name: str) -> None:
        assert barriers(page) == "", name
        for width in (320, 768):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") == width, f"{name} at {width}"
            if PICTURES:
                page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)

    return at


@pytest.mark.usefixtures("researcher")
def test_a_researcher_plans_reminders_and_chooses_their_words(page: Page, look: Callable[[str], None]) -> None:
    page.goto(f"{BASE}plan/")
    page.get_by_role("button", name="Plan the usual reminders").click()
    look("plan")
    page.get_by_role("rowheader").first.get_by_role("link").click()
    expect(page.get_by_role("heading", name="If it went now: 2 messages to 2 boards")).to_be_visible()
    look("mailing")

    page.goto(f"{BASE}templates/not_started/")
    page.get_by_label("Text").fill("{{greeting}}, where are you?")
    page.get_by_role("button", name="Keep these words").click()
    expect(page.get_by_role("alert")).to_contain_text("The text must say {{link}} somewhere")
    look("words-refused")
    page.get_by_label("Text").fill("{{greeting}}, where are you?\n\n{{link}}")
    page.get_by_role("button", name="Keep these words").click()
    expect(page.get_by_role("region", name="As HTML")).to_contain_text("Dear Barnet, where are you?")
    look("preview")

    page.goto(f"{BASE}plan/{Mailing.objects.earliest('due_at').pk}/")
    page.get_by_role("button", name="Send it now").click()
    assert Mailing.objects.filter(due_at__lte=timezone.now()).count() == 1


@pytest.mark.usefixtures("researcher")
def test_a_researcher_notes_a_refusal_and_finds_what_was_sent(page: Page, look: Callable[[str], None]) -> None:
    page.goto(BASE)
    look("overview")
    page.get_by_role("link", name="Barnet").click()
    page.get_by_role("button", name="Add to the log").click()
    page.get_by_label("Telephone call").check()
    page.get_by_label("Refused to take part").check()
    look("entry")
    page.get_by_role("button", name="Add the entry").click()
    expect(page.get_by_role("heading", name="Outcome: Refusal")).to_be_visible()
    look("board")
    page.get_by_role("link", name="Decide the outcome").click()
    look("outcome")
    for path in ("messages/", "stops/", "settings/", "templates/"):
        page.goto(f"{BASE}{path}")
        look(path.strip("/"))
