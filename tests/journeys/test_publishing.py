"""From checked tables to a page for the public and its correction: two people, an embargo, and nobody kept out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from analysis.publishing.models import CalendarEntry, Edition, Publication
from survey.working_days import working_day_from
from tests.analysis.publishing import examples
from tests.builders import sign_in, wave

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
HERE = "/waves/munro-2012/tables/publication/"
OUT = "/publications/munro-2012/"


@dataclass
class Walk:
    """A tab that two analysts use in turn."""

    page: Page
    context: BrowserContext
    address: str
    obstacles: Callable[[Page], str]

    def become(self, who: User) -> None:
        cookie = sign_in(Client(), who).cookies[settings.SESSION_COOKIE_NAME]
        self.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.address}])

    def fill(self, button: str, **typed: str) -> None:
        for label, words in typed.items():
            self.page.locator(f"[name={label}]").fill(words)
        self.page.get_by_role("button", name=button).click()

    def follow(self, link: str) -> None:
        self.page.get_by_role("link", name=link).first.click()

    def look(self) -> None:
        assert self.obstacles(self.page) == "", self.page.url


@pytest.fixture
def walk(page: Page, context: BrowserContext, live_server: LiveServer, obstacles: Callable[[Page], str]) -> Walk:
    return Walk(page, context, live_server.url, obstacles)


def test_from_checked_tables_to_a_correction(walk: Walk) -> None:
    ann, bob = examples.staff()
    now = timezone.now()
    found = wave(opens_at=now - timedelta(days=60), closes_at=now - timedelta(days=30))
    examples.planned(found, by=ann)
    examples.release_of(found, examples.tables(), by=ann)
    announced(walk, ann)
    prepared(walk, release="1", button="Prepare the edition")
    signed(walk, bob)
    expect(walk.page.get_by_text("Under embargo until").first).to_be_visible()
    assert walk.context.request.get(OUT).status == 404
    walk.look()
    listed(walk)
    comes_out()
    assert walk.context.request.get(f"{OUT}report.pdf").status == 200

    examples.release_of(found, examples.tables(agree=39, disagree=18), by=ann)
    walk.become(ann)
    walk.page.goto(f"{HERE}{Publication.objects.get().pk}/")
    walk.follow("Correct it")
    prepared(walk, release="2", button="Prepare the correction", what="Two figures.", why="Read twice.")
    signed(walk, bob)
    seen_by_everybody(walk)
    walk.become(bob)
    walk.page.goto("/waves/munro-2012/tables/disclosure/compare/1/2/")
    expect(walk.page.get_by_text("4 of 14 figures differ.")).to_be_visible()
    walk.look()


def announced(walk: Walk, ann: User) -> None:
    """Started, worded, and in the calendar at short notice."""
    walk.become(ann)
    walk.page.goto(HERE)
    walk.fill("Start a publication", title="Boards in 2012")
    walk.follow("Summary, contact, methods and quality notes")
    walk.fill("Keep these words", **examples.WORDS)
    walk.follow("Announced in the calendar")
    day = working_day_from(timezone.localdate() + timedelta(days=1))
    walk.fill("Announce this day", day=f"{day.day} {day:%B %Y}", reason="Agreed late.")
    walk.follow("Edition")


def prepared(walk: Walk, *, release: str, button: str, **told: str) -> None:
    """By the first of them; the reports are left by a worker."""
    walk.page.get_by_label("From which release?").select_option(release)
    walk.fill(button, **told)
    expect(walk.page.get_by_text("A worker is building it.").first).to_be_visible()
    edition = Edition.objects.latest("number")
    for form, content in (("pdf", b"%PDF-1.7"), ("word", b"PK"), ("web", b"<h1>Boards in 2012</h1>")):
        examples.built(edition, form, content)


def signed(walk: Walk, bob: User) -> None:
    """By the second, who reads what the public will see."""
    walk.become(bob)
    walk.page.reload()
    expect(walk.page.get_by_role("link", name="Report (PDF")).to_be_visible()
    walk.look()
    walk.page.get_by_role("button", name="I have read it: sign it off").click()
    walk.page.wait_for_url(f"**{HERE}*/")


def listed(walk: Walk) -> None:
    """Somebody is put on the pre-release list."""
    walk.follow("Put somebody on a list")
    who = {"name": "Sue Tan", "email": "sue@example.org", "role": "Press officer", "reason": "Answers the press"}
    walk.fill("Put on the list", **who)
    expect(walk.page.get_by_text("Sue Tan").first).to_be_visible()


def comes_out() -> None:
    """Its moment has come: no test waits for the morning."""
    last = CalendarEntry.objects.latest("pk")
    now = timezone.now()
    CalendarEntry.objects.create(
        publication=last.publication, moment=now, reason="Now", made_by=last.made_by, made_at=now
    )


def seen_by_everybody(walk: Walk) -> None:
    """What the public reads, once it was corrected."""
    walk.context.clear_cookies()
    walk.page.goto("/publications/")
    walk.follow("Boards in 2012")
    expect(walk.page.get_by_text("Why: Read twice.")).to_be_visible()
    expect(walk.page.get_by_text("Sue Tan, Press officer, up to 24 hours before")).to_be_visible()
    walk.look()
    walk.follow("Table 2. Answers")
    expect(walk.page.get_by_text("[r]").first).to_be_visible()
    walk.look()
    walk.page.goto("/release-calendar/")
    walk.look()
