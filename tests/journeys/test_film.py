"""A chair's journey from the invitation to the drawer of copies, filmed where FILM is set: docs/chairs.md shows it."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from respondents.fieldwork.inviting import invitation_url
from tests import builders
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.test_chair import CHAIR, Survey, choose, survey, tab
from tests.post import code_in_the_post

__all__ = ["survey", "tab"]  # fixtures
pytestmark = pytest.mark.journey
ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "images" / "journey"
MOST_BYTES = 100_000
HEIGHTS = {PHONE: 640, DESK: 760}


class Camera:
    """Takes pictures of what is in sight, numbered in order, if FILM is set; counts them in any case."""

    def __init__(self, page: Page, width: int) -> None:
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        self.page, self.width, self.taken = page, width, list[str]()

    def shoot(self, name: str, *, at: str = "h1") -> None:
        """One picture, from the line above what is named down."""
        self.page.wait_for_load_state("networkidle")
        self.page.evaluate("document.activeElement.blur()")
        top = "at => document.querySelector(at).getBoundingClientRect().top + scrollY - 20"
        self.page.evaluate("top => scrollTo(0, top)", self.page.evaluate(top, at) if at != "h1" else 0)
        self.taken.append(f"{len(self.taken) + 1:02}-{name}-{self.width}.png")
        if os.environ.get("FILM"):
            PICTURES.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=PICTURES / self.taken[-1], animations="disabled")


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_chairs_journey_is_the_one_in_the_guide(tab: Callable[..., Page], survey: Survey, width: int) -> None:
    page = tab(width=width, email="")
    camera = Camera(page, width)
    walk(page, camera, survey)

    guide = (ROOT / "docs" / "chairs.md").read_text(encoding="utf-8")
    assert re.findall(rf"images/journey/([\w-]+-{width}\.png)", guide) == camera.taken
    sizes = {name: (PICTURES / name).stat().st_size for name in camera.taken}
    assert {name: size for name, size in sizes.items() if not 1_000 < size < MOST_BYTES} == {}
    assert survey.barnet.submissions.get().answers["B1.health"] == 1


def walk(page: Page, camera: Camera, survey: Survey) -> None:
    """From the link in the invitation to the drawer of copies."""
    sign_in(page, camera, survey)
    answer(page, camera, survey)
    send(page, camera, survey)


def sign_in(page: Page, camera: Camera, survey: Survey) -> None:
    """By the invitation and a code, to the task list."""
    page.goto(urlsplit(invitation_url(survey.barnet, builders.person(CHAIR))).path)
    camera.shoot("arriving")
    page.get_by_role("button", name="Start now").click()
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter your code")
    camera.shoot("code")
    page.get_by_label("Code from the email").fill(code_in_the_post())
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Questions")).to_be_visible()
    camera.shoot("task-list")


def answer(page: Page, camera: Camera, survey: Survey) -> None:
    """Ratings, blanks, and a text that is looked at first."""
    page.goto(survey.url("questions/B1/"))
    choose(page, "Health", "Very good")
    choose(page, "Police", "Don't know")
    expect(page.locator("[data-status]")).to_have_text(re.compile("^Saved at"))
    camera.shoot("ratings")
    page.get_by_role("button", name="Save and continue").click()
    camera.shoot("left-open")
    page.goto(survey.url("questions/G1/"))
    page.get_by_role("textbox").fill("Late referrals. Ask jo@example.org about them.")
    page.get_by_role("button", name="Save and continue").click()
    camera.shoot("held-text")
    page.get_by_role("button", name="Save it as it is").click()


def send(page: Page, camera: Camera, survey: Survey) -> None:
    """A colleague, the check, the receipt and the copies."""
    page.goto(survey.url("people/invite/"))
    camera.shoot("colleagues")
    page.goto(survey.url("check/"))
    camera.shoot("check", at="#section-B")
    camera.shoot("submit", at="#declaration")
    page.get_by_role("button", name="Submit the return").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Return received")
    camera.shoot("receipt")
    page.goto(survey.url("copies/"))
    camera.shoot("copies")
