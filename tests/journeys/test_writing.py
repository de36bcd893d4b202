"""An analyst writes the report: sees what is typed in print, mends a problem, saves, and meets what another saved."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from accounts.models import Role
from analysis.templating.models import ReportText
from analysis.templating.writing import save_text
from respondents.returns.importing import import_returns
from survey.models import Wave
from tests.builders import NOW, RETURNS, person, sign_in, wave, whole_register

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SOUND = "---\ntitle: Ours\n---\n\n# Summary\n\n{rate} made a return.\n"


def saved_by_bob() -> None:
    """Somebody else's text, meanwhile."""
    bob = person("bob@example.org", role=Role.ANALYST)
    save_text(Wave.objects.get(), SOUND + "\nTheirs.\n", base=1, note="", by=bob, now=timezone.now())


def arrived(context: BrowserContext, address: str) -> None:
    """Ann is signed in, and 57 boards have answered."""
    whole_register()
    import_returns(wave(), RETURNS.read_bytes(), now=NOW)
    client = sign_in(Client(), person("ann@example.org", role=Role.ANALYST))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])


def looked_up(page: Page, words: str) -> Page:
    """The page, once a cell was found beside the text."""
    page.get_by_text("What can stand in the text").click()
    page.get_by_label("Look for words of a table, row or column").fill(words)
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text(re.compile(r"\d+ found"))).to_be_visible()
    expect(page.locator("[data-words-found] code").first).to_be_visible()
    return page


def test_an_analyst_writes_the_report(
    page: Page, context: BrowserContext, live_server: object, obstacles: Callable[[Page], str]
) -> None:
    arrived(context, str(live_server))
    page.goto("/waves/munro-2012/report/text/")
    assert obstacles(looked_up(page, "health good")) == ""
    box, shown = page.get_by_label("Text", exact=True), page.locator("[data-preview]")
    box.fill(SOUND)
    expect(shown.get_by_text("57 of 148 boards (39%) made a return.", exact=True)).to_be_visible()

    box.fill(SOUND + "\n{nothing}\n\n" + "{open\n")
    shown.get_by_role("link", name="Line 11").click()
    assert box.evaluate("box => box.value.slice(box.selectionStart, box.selectionEnd)") == "{open"
    expect(shown.get_by_text("Below is what was printed before these.")).to_be_visible()
    assert obstacles(page) == ""

    box.fill(SOUND)
    expect(shown.get_by_text("Below is what was printed before these.")).to_have_count(0)
    page.get_by_role("button", name="Save as the next version").click()
    expect(page.get_by_text("Version 1, saved by")).to_be_visible()

    saved_by_bob()
    box.fill(SOUND + "\nMine.\n")
    expect(shown.get_by_text("Mine.", exact=True)).to_be_visible()
    page.get_by_role("button", name="Save as the next version").click()
    expect(page.get_by_role("heading", name="Somebody else saved meanwhile")).to_be_visible()
    expect(box).to_have_value(SOUND + "\nMine.\n")
    assert obstacles(page) == ""
    page.get_by_role("button", name="Save mine after theirs").click()
    expect(page.get_by_text("Version 3, saved by")).to_be_visible()
    assert [each.text.split()[-1] for each in ReportText.objects.order_by("number")] == ["return.", "Theirs.", "Mine."]
