"""Pages that follow a worker: the list of builds, while somebody is in it with the keyboard."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import Role, User
from analysis.builds.models import Build, BuildState
from survey.models import Wave
from tests.builders import NOW, person, sign_in, wave

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LIST = "/waves/munro-2012/report/"
SOON = "setTimeout = (set => (what, pause) => set(what, pause / 20))(setTimeout)"


@pytest.fixture
def desk(page: Page, context: BrowserContext, live_server: LiveServer) -> Page:
    """The tab of an analyst, in which two seconds are a tenth of one."""
    cookie = sign_in(Client(), person("ann@example.org", role=Role.ANALYST)).cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page.add_init_script(SOON)
    return page


def built(found: Wave) -> list[Build]:
    """One that is at work, one that waits, one that is done."""
    states = ((BuildState.RUNNING, "Page 3"), (BuildState.QUEUED, ""), (BuildState.DONE, ""))
    return [
        Build.objects.create(
            wave=found, kind="report_pdf", state=state, doing=doing, requested_at=NOW - timedelta(minutes=place)
        )
        for place, (state, doing) in enumerate(states)
    ]


def test_the_list_of_builds_follows_the_worker_and_keeps_the_place_of_who_reads_it(desk: Page) -> None:
    found = wave()
    first, second, last = built(found)
    desk.goto(LIST)
    rows, news = desk.locator("[data-work]"), desk.locator("main > [role=status]")
    expect(desk.get_by_role("link", name="Look again")).to_have_count(0)  # it looks by itself
    desk.locator(f"#build-{last.pk} a").focus()
    desk.evaluate("window.kept = document.activeElement")

    # Steps change the words of their row and are not told.
    Build.objects.filter(pk=first.pk).update(doing="Page 14")
    expect(rows.first).to_contain_text("Being built: Page 14")
    assert news.text_content() == ""

    # One comes from elsewhere and one ends: both are seen, the end is told, and the keyboard is where it was.
    Build.objects.create(wave=found, kind="report_word", state=BuildState.QUEUED, requested_at=NOW)
    Build.objects.filter(pk=first.pk).update(state=BuildState.FAILED, doing="The disk was full.")
    expect(rows).to_have_count(4)
    expect(news).to_have_text("Report for the team (PDF): Failed. The disk was full.")
    assert desk.evaluate("window.kept === document.activeElement && window.kept.isConnected")

    # With the last of them it stops asking.
    Build.objects.exclude(pk=first.pk).update(state=BuildState.DONE, doing="")
    expect(desk.locator("[data-under-way]")).to_have_count(0)
    asked: list[str] = []
    desk.on("request", lambda request: asked.append(request.url))
    desk.wait_for_timeout(300)
    assert asked == []
    follow_one(desk, second)


def follow_one(desk: Page, build: Build) -> None:
    """On the page of one build the button that was reached may go; the keyboard is at the heading then."""
    own = Build.objects.filter(pk=build.pk)
    own.update(state=BuildState.RUNNING, requested_by=User.objects.get())
    desk.goto(f"{LIST}{build.pk}/")
    desk.get_by_role("progressbar").evaluate("bar => { window.kept = bar }")
    desk.get_by_role("button", name="Cancel").focus()
    own.update(doing="Page 2", step=2, steps=5)
    expect(desk.get_by_text("Page 2", exact=True)).to_be_visible()
    assert desk.evaluate("window.kept.isConnected && window.kept.value === 2")
    expect(desk.get_by_role("button", name="Cancel")).to_be_focused()
    own.update(state=BuildState.CANCELLED, doing="")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Cancelled")
    expect(desk.get_by_role("heading", level=1)).to_be_focused()
    expect(desk.get_by_role("button", name="Try again")).to_be_visible()
