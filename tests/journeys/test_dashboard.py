"""A researcher watches a wave: with scripts and without, by keyboard, on a narrow screen, on paper."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from accounts.models import Role
from analysis.monitoring.tallying import tally_wave
from respondents.returns.importing import import_returns
from respondents.returns.models import Return
from survey.models import Wave
from tests.builders import NOW, RETURNS, person, sign_in, wave, whole_register

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
ADDRESS = "/waves/munro-2012/"


@pytest.fixture
def munro() -> Wave:
    whole_register()
    opened = wave(closes_at=timezone.now() + timedelta(days=11))
    import_returns(opened, RETURNS.read_bytes(), now=NOW)
    tally_wave(opened, now=timezone.now())
    return opened


def let_in(context: BrowserContext, live_server: object) -> None:
    client = sign_in(Client(), person("researcher@example.org", role=Role.RESEARCHER))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": str(live_server)}])


def test_a_researcher_watches_narrows_and_takes_away(
    page: Page, context: BrowserContext, live_server: object, munro: Wave, barriers: Callable[[Page], str]
) -> None:
    let_in(context, live_server)
    page.set_viewport_size({"width": 768, "height": 1024})
    page.goto(ADDRESS)
    assert barriers(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth") == 768

    # The first screen answers what is asked first.
    expect(page.get_by_role("heading", level=1)).to_contain_text("57 of 148 boards (39%)")
    page.locator(".glance__answer a", has_text="Chase South West first").click()
    expect(page.get_by_text("13 of 148 boards")).to_be_visible()

    # An authority on the map is named where the keyboard is, and leads to its row.
    hexagon = page.get_by_role("link", name="Norfolk: submitted")
    hexagon.focus()
    expect(hexagon.locator(".hexagon__label")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("tr:target")).to_contain_text("Norfolk")

    # Another board answers: the page says so by itself, and keeps what was opened open.
    page.get_by_text("Returns by day as a table").click()
    page.locator("body").click(position={"x": 5, "y": 5})
    Return.objects.filter(pk=munro.returns.in_frame().filter(version=0)[0].pk).update(version=1, submitted_version=1)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # as after half a minute, or on coming back
    expect(page.locator("#headline")).to_have_text("58 of 148 boards (39%)")
    expect(page.locator("#live-news")).to_have_text("The response is now 58 of 148 boards (39%).")
    expect(page.locator("#days + figure ~ details")).to_have_attribute("open", "")


def test_the_chasing_list_is_taken_away(
    page: Page, context: BrowserContext, live_server: object, munro: Wave, barriers: Callable[[Page], str]
) -> None:
    let_in(context, live_server)
    page.goto(ADDRESS)
    page.get_by_role("link", name="Take away the chasing list").click()
    assert barriers(page) == ""
    with page.expect_download() as taken:
        page.get_by_role("button", name="Chasing list (XLSX)").click()
    assert taken.value.suggested_filename == "munro-2012-chasing-list.xlsx"


def test_everything_is_there_without_scripts_and_at_320_pixels(
    browser: Browser, live_server: object, munro: Wave
) -> None:
    context = browser.new_context(base_url=str(live_server), java_script_enabled=False)
    let_in(context, live_server)
    page = context.new_page()
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(ADDRESS)

    page.get_by_role("link", name="Refresh").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("57 of 148 boards (39%)")
    expect(page.get_by_role("link", name="Norfolk: submitted")).to_have_count(1)
    page.get_by_role("link", name="Change the target").click()
    page.get_by_label("Target response rate, per cent").fill("75")
    page.get_by_role("button", name="Set the target").click()
    expect(page.get_by_text("The target is 75% now.")).to_be_visible()
    page.get_by_role("link", name="Next page").click()
    expect(page.get_by_text("Page 2 of 3")).to_be_visible()
    context.close()
