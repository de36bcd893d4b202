"""A chair takes copies away, on a phone and without scripts; every page about copies and rights is fit for all."""

import io
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from respondents.returns.models import Return
from respondents.returns.saving import Sending, save_answers
from respondents.returns.submitting import submit_return
from survey.schema.answers import Value
from tests import builders
from tests.journeys.conftest import DESK, PHONE
from tests.respondents.copies.hostile import HOSTILE

pytestmark = pytest.mark.journey

PAGES = {
    "drawer": "copies/",
    "differences": "copies/differences/?from=1&to=draft",
    "nothing to compare": "copies/differences/?from=1&to=1",
    "my data": "../my-data/",
    "privacy": "../privacy/",
    "cookies": "../cookies/",
    "accessibility": "../accessibility/",
    "tasks": "",
    "receipt": "submissions/1/",
}


@pytest.fixture
def barnet(live_server: LiveServer) -> Return:
    """Sent twice and changed since, with everything that people type."""
    now = timezone.now()
    boards = builders.two_boards()
    wave = builders.wave(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=3))
    person = builders.chair(*boards)
    found = builders.return_of("barnet", in_wave=wave)
    texts = [code for code, item in wave.questionnaire.items.items() if item.kind == "text"]
    typed: dict[str, Value] = {**dict(zip(texts, HOSTILE.values(), strict=False)), "C1": 2, "B1.health": 1, "F1": 1}
    saves: list[dict[str, Value]] = [{"C1": 1, "G1": "Money"}, typed, {"C1": 3, "B1.police": 4}]
    for version, sent in enumerate(saves):
        save_answers(found, Sending(version, sent), person=person, now=now)
        if version < 2:
            submit_return(found, person=person, version=version + 1, now=now)
        found.refresh_from_db()
    return found


@pytest.fixture
def tab(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., Page]]:
    """Opens tabs of browsers in which the chair is signed in; all are closed in the end."""
    opened = []

    def open_tab(*, width: int = DESK, scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 800},
            java_script_enabled=scripts,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        context.set_default_timeout(10_000)
        client = Client()
        client.force_login(builders.person("chair@example.org"))
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
        opened.append(context)
        return context.new_page()

    yield open_tab
    for context in opened:
        context.close()


def test_no_page_keeps_anybody_out_or_scrolls_sideways(
    tab: Callable[..., Page], barnet: Return, obstacles: Callable[[Page], str]
) -> None:
    page, found = tab(width=DESK), {}

    for name, path in PAGES.items():
        page.goto(f"/returns/{barnet.pk}/{path}")
        found[name] = obstacles(page)

    assert found == dict.fromkeys(PAGES, "")


def taken(page: Page, name: str, *, place: int = 0) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).nth(place).click()
    return Path(waiting.value.path()).read_bytes()


@pytest.mark.parametrize(("width", "scripts"), [(PHONE, True), (DESK, False)])
def test_a_chair_takes_everything_away(tab: Callable[..., Page], barnet: Return, width: int, scripts: bool) -> None:
    page = tab(width=width, scripts=scripts)
    page.goto(f"/returns/{barnet.pk}/")
    questions = taken(page, "All questions as PDF"), taken(page, "All questions as a Word document")
    page.get_by_role("link", name="Copies of your answers").click()
    expect(page.get_by_role("heading", level=2, name="Submission 2")).to_be_visible()
    drafts = taken(page, "PDF of Draft"), taken(page, "Data (CSV) of Draft")
    page.goto("/returns/my-data/")
    held = json.loads(taken(page, "Download it as a file"))

    assert (questions[0][:5], questions[1][:2], drafts[1][:3]) == (b"%PDF-", b"PK", b"\xef\xbb\xbf")
    with pikepdf.open(io.BytesIO(drafts[0])) as pdf:
        assert not pdf.attachments
    assert held["about"] == "chair@example.org"


def test_two_submissions_are_compared_without_scripts(tab: Callable[..., Page], barnet: Return) -> None:
    page = tab(scripts=False)
    page.goto(f"/returns/{barnet.pk}/copies/")
    page.get_by_role("link", name="See what changed from one to another").click()
    page.get_by_label("From", exact=True).select_option("1")
    page.get_by_label("To", exact=True).select_option("2")
    page.get_by_role("button", name="Compare").click()

    expect(page.get_by_role("heading", level=2, name="C1")).to_be_visible()
    section = page.get_by_role("region", name="C1")
    assert section.get_by_role("term").all_inner_texts() == ["Before", "After"]
    assert section.get_by_role("definition").all_inner_texts() == ["Strongly agree", "Agree"]


def test_two_answers_stand_side_by_side_on_paper_and_one_below_the_other_on_a_phone(
    tab: Callable[..., Page], barnet: Return
) -> None:
    page = tab(width=PHONE)
    page.goto(f"/returns/{barnet.pk}/copies/differences/?from=1&to=2")
    before, after = page.locator(".app-change__side").nth(0), page.locator(".app-change__side").nth(1)

    def beside() -> bool:
        first, second = before.bounding_box(), after.bounding_box()
        assert first
        assert second
        return first["y"] == second["y"]

    on_phone = beside()
    page.emulate_media(media="print")
    assert (on_phone, beside()) == (False, True)
