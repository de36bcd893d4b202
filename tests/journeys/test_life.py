"""A researcher takes a wave from an idea to an open survey, by keyboard and screen reader too."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from accounts.models import Role
from respondents.returns.models import Return
from tests.builders import MUNRO, person, sign_in, whole_register

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def researcher(context: BrowserContext, live_server: object) -> None:
    client = Client()
    sign_in(client, person("researcher@example.org", role=Role.RESEARCHER))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": str(live_server)}])


@dataclass
class Walk:
    """A page that is looked over for barriers at each kind of page."""

    page: Page
    barriers: Callable[[Page], str]

    def look(self) -> None:
        assert self.barriers(self.page) == "", self.page.url

    def send(self, button: str) -> None:
        self.page.get_by_role("button", name=button).click()

    def step(self, link: str, button: str, **typed: str) -> None:
        """Goes to a task, fills in what is to be typed under these names, and sends it."""
        self.page.get_by_role("link", name=link, exact=True).first.click()
        for name, words in typed.items():
            self.page.locator(f"[name={name}]").fill(words)
        self.send(button)

    def choose(self, link: str, option: str, button: str, **typed: str) -> None:
        """The same where one of several is chosen first."""
        self.page.get_by_role("link", name=link, exact=True).first.click()
        self.page.get_by_label(option).check()
        for name, words in typed.items():
            self.page.locator(f"[name={name}]").fill(words)
        self.send(button)


@pytest.fixture
def walk(page: Page, researcher: None, barriers: Callable[[Page], str]) -> Walk:
    whole_register()
    page.set_viewport_size({"width": 768, "height": 1000})
    return Walk(page, barriers)


def test_from_a_text_to_an_open_wave(walk: Walk) -> None:
    publish(walk)
    prepare(walk)

    walk.page.get_by_role("button", name="Open the wave").click()
    expect(walk.page.get_by_role("heading", level=1)).to_have_text("Open the wave for 148 boards?")
    walk.look()
    walk.send("Open the wave")

    expect(walk.page.get_by_text("The frame is frozen.")).to_be_visible()
    assert Return.objects.count() == 148


def publish(walk: Walk) -> None:
    page = walk.page
    page.goto("/questionnaires/import/")
    page.get_by_label("Or paste the text").fill(MUNRO.read_text(encoding="utf-8"))
    walk.send("Check the questionnaire")
    page.get_by_role("link", name="See it as a chair would").click()
    telephone = page.frame_locator("iframe[title='The page on a telephone']")
    expect(telephone.get_by_role("button", name="Save and continue")).to_be_visible()
    walk.look()
    page.go_back()
    page.get_by_role("button", name="Publish…").click()
    walk.send("Publish this version")


def prepare(walk: Walk) -> None:
    page = walk.page
    page.goto("/waves/new/")
    page.get_by_label("Title").fill("Survey of chairs, 2013")
    walk.send("Start to prepare the wave")
    walk.look()
    walk.choose("Questionnaire", "munro_2012 version 1", "Use this questionnaire")
    walk.step("Who is asked", "I have checked who is asked")
    walk.step("Opening and closing", "Set these dates")
    walk.choose("Signature", "No, the chair submits alone", "Keep this decision")
    held = {"star_chamber_reference": "SC 2012/17", "adcs_reference": "RGE120901", "burden_minutes": "90"}
    held |= {"dpia_date": "20 January 2012", "dpia_owner": "Head of Safeguarding"}
    walk.step("Approvals", "Save the approvals", **held)
    page.get_by_role("link", name="Approvals").click()
    walk.look()
    walk.step("Open without: Privacy notice", "Open without it", reason="The notice of 2010 still stands.")
    page.get_by_role("link", name="Tasks").first.click()
    walk.choose("Analysis plan", "munro_2012", "Record the plan", dated="20 January 2012")
    walk.step("Test", "Keep this note", note="Answered on a telephone in 40 minutes.")
