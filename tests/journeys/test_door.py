"""A new administrator comes in for the first time, adds somebody, and reads what was recorded of it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from accounts.models import Role
from tests import builders

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


Obstacles = Callable[[Page], str]


@pytest.fixture
def arrived(page: Page, context: BrowserContext, live_server: object) -> Page:
    """The browser of an administrator who has typed the emailed code for the first time."""
    client = Client()
    client.force_login(builders.person("pat@example.org", role=Role.ADMINISTRATOR))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": str(live_server)}])
    return page


def show(page: Page, heading: str, obstacles: Obstacles) -> None:
    """The page with this heading is there, and keeps nobody out at any width."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert obstacles(page) == "", page.url


def set_up(page: Page, obstacles: Obstacles) -> None:
    """An app is set up, and its recovery codes are taken away."""
    show(page, "Set up your second step", obstacles)
    assert page.get_by_role("img", name="Picture of the key").evaluate("picture => picture.naturalWidth") > 100
    secret = page.locator(".app-key").inner_text().replace(" ", "")
    page.get_by_label("Code that the app now shows").fill(builders.digits_now(secret))
    page.keyboard.press("Enter")
    show(page, "Keep your recovery codes", obstacles)
    codes = file_behind(page, "Download the codes")
    assert len(re.findall(r"^\d{8}$", codes, re.MULTILINE)) == 10
    page.get_by_role("button", name="I have kept them").click()


def file_behind(page: Page, link: str) -> str:
    """What the link saves."""
    with page.expect_download() as taken:
        page.get_by_role("link", name=link).click()
    return Path(taken.value.path()).read_text(encoding="utf-8")


def test_an_administrator_comes_in_asks_for_somebody_and_finds_it_in_the_audit(
    arrived: Page, obstacles: Obstacles
) -> None:
    page = arrived
    page.goto("/people/")
    set_up(page, obstacles)

    show(page, "People who work for the survey", obstacles)
    page.get_by_role("button", name="Add a person").press("Enter")
    show(page, "Add a person", obstacles)
    page.get_by_label("Name").fill("Kim Lee")
    page.get_by_label("Email address").fill("kim@example.org")
    page.get_by_label("Analyst. Sees answers").check()
    page.get_by_role("button", name="Ask to add this person").click()
    show(page, "Role for Kim Lee", obstacles)
    expect(page.get_by_role("button", name="Approve")).to_have_count(0)
    page.get_by_role("link", name="People").first.click()
    show(page, "People who work for the survey", obstacles)
    page.get_by_role("link", name="Kim Lee as analyst").click()
    page.get_by_role("button", name="Take it back").click()

    page.get_by_role("link", name="Audit").click()
    show(page, "Audit", obstacles)
    row = page.get_by_role("row", name=re.compile("Pat.*Asked that somebody has a role.*Kim Lee.*role: analyst"))
    expect(row).to_be_visible()
    assert "Asked that somebody has a role" in file_behind(page, "Export these entries")
