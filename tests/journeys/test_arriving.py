"""Somebody who was invited comes to the door: from the link in the email to the return."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.codes.models import SignInCode
from respondents.fieldwork.inviting import invitation_url
from tests import builders
from tests.journeys.conftest import DESK, PHONE, TABLET
from tests.post import code_in_the_post

pytestmark = pytest.mark.journey

BARRED = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def invitation(live_server: LiveServer) -> str:
    """The path of a chair's invitation to an open survey."""
    cache.clear()
    now = timezone.now()
    boards = builders.two_boards()
    wave = builders.wave(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=21))
    chair = builders.chair(*boards)
    return invitation_url(builders.return_of("derby-and-derbyshire", in_wave=wave), chair).removeprefix(
        "http://testserver"
    )


@pytest.fixture
def open_tab(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., Page]]:
    """Opens tabs as `open_tab(width, scripts)`."""
    contexts = []

    def make(width: int, *, scripts: bool) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 800},
            java_script_enabled=scripts,
            locale="en-GB",
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("width", [PHONE, TABLET, DESK])
def test_invitation_leads_to_the_return_in_five_pages(
    invitation: str, open_tab: Callable[..., Page], barriers: Callable[[Page], str], width: int, scripts: bool
) -> None:
    page = open_tab(width, scripts=scripts)
    seen: list[str] = []

    def look() -> None:
        seen.append(page.get_by_role("heading", level=1).inner_text())
        assert not page.evaluate(BARRED)
        assert not scripts or barriers(page) == ""

    page.goto(invitation)
    look()
    page.get_by_role("button", name="Start now").click()
    look()
    expect(page.get_by_label("Email address")).to_have_value("chair@example.org")
    page.get_by_role("button", name="Send me a code").click()
    look()
    page.get_by_label("Code from the email").fill("bcdf ghjk")
    page.get_by_role("button", name="Sign in").click()
    look()
    expect(page.get_by_role("link", name="That is not the code we sent last")).to_be_visible()
    page.get_by_label("Code from the email").fill(code_in_the_post().lower())
    page.get_by_role("button", name="Sign in").click()
    look()

    assert seen == [
        "You are asked to answer for Derby and Derbyshire Local Safeguarding Children Board",
        "Sign in",
        "Enter your code",
        "Enter your code",
        "Derby and Derbyshire Local Safeguarding Children Board",
    ]


def test_expired_code_says_so_and_a_new_one_is_a_button_away(
    invitation: str, open_tab: Callable[..., Page], barriers: Callable[[Page], str]
) -> None:
    page = open_tab(PHONE, scripts=True)
    page.goto("/sign-in/?next=/returns/help/")
    page.get_by_label("Email address").fill("chair@example.org")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter your code")
    page.get_by_label("Code from the email").fill(code_in_the_post())
    SignInCode.objects.update(expires_at=timezone.now())

    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Your code has expired")
    assert barriers(page) == ""
    page.get_by_role("button", name="Send me a new code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter your code")
    page.get_by_label("Code from the email").fill(code_in_the_post())
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Help")
