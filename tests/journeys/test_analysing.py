"""An analyst goes through the pages of analysis: a table chosen without scripts, and no page that keeps anybody out."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import Role, User
from analysis.builds.requesting import request_build
from analysis.builds.running import run_build
from analysis.disclosing.builds import DISCLOSURE
from analysis.disclosing.models import ReleaseChoice
from respondents.returns.importing import import_returns
from survey.models import Wave
from tests.builders import NOW, RETURNS, person, sign_in, wave, whole_register

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

HERE = "/waves/munro-2012/tables/"
LONG = [f"table_{n}-by-{by}" for n in (3, 4, 7, 8, 9, 10) for by in ("region", "authority-type")]
PAGES = (
    ("Non-response", "Non-response"),
    ("Explore", "Explore the answers"),
    ("Open text", "Open text"),
    ("Comparators", "Comparators"),
    ("Findings", "Findings"),
    ("What may leave", "What may leave"),
    ("Codebook", "Codebook"),
    ("Printed figures", "Printed figures"),
)


@pytest.fixture
def ann(live_server: LiveServer) -> User:
    return person("ann@example.org", role=Role.ANALYST)


@pytest.fixture
def waves(ann: User) -> tuple[Wave, Wave]:
    """The same boards answer twice; for the first wave it is decided what may leave, the long tables left out."""
    whole_register()
    first, second = wave(), wave("munro-2013")
    for each in (first, second):
        import_returns(each, RETURNS.read_bytes(), now=NOW)
    for name in LONG:
        ReleaseChoice.objects.create(
            wave=first, kind="leave_out", value=name, reason="Too long.", made_by=ann, made_at=NOW
        )
    run_build(request_build(first, kind=DISCLOSURE, person=ann, now=NOW, ring=lambda _: None).pk)
    return first, second


def become(who: User, context: BrowserContext, live_server: LiveServer) -> None:
    cookie = sign_in(Client(), who).cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])


@pytest.fixture
def desk(page: Page, context: BrowserContext, ann: User, live_server: LiveServer) -> Page:
    """The tab of an analyst who has signed in."""
    become(ann, context, live_server)
    return page


@pytest.mark.usefixtures("waves")
def test_a_table_is_chosen_read_and_taken_away_without_scripts(
    browser: Browser, ann: User, live_server: LiveServer
) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    become(ann, context, live_server)
    page = context.new_page()
    page.goto("/waves/munro-2012/")
    page.get_by_role("link", name="Analysis", exact=True).click()
    page.get_by_role("link", name="Explore", exact=True).click()

    page.get_by_label("Item", exact=True).select_option("D1.2")
    page.get_by_label("Broken down by").select_option("authority_type")
    page.get_by_role("button", name="Show the table").click()

    row = page.get_by_role("rowheader", name="Metropolitan")
    expect(row).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV", exact=True).click()
    lines = Path(taken.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert any("Metropolitan" in line for line in lines)
    context.close()


def test_an_analyst_s_pages_keep_nobody_out_and_do_not_scroll_sideways(
    desk: Page, waves: tuple[Wave, Wave], obstacles: Callable[[Page], str]
) -> None:
    desk.goto(HERE)
    for name, heading in PAGES:
        desk.get_by_role("navigation", name="Analysis").get_by_role("link", name=name, exact=True).click()
        expect(desk.get_by_role("heading", level=1)).to_have_text(heading)
        assert obstacles(desk) == "", name

    desk.goto(f"{HERE}compare/{waves[1].slug}/?item=C1")
    expect(desk.get_by_role("heading", name="Item by item")).to_be_visible()
    assert obstacles(desk) == ""
    desk.goto(f"{HERE}explore/?item=D1.2&by=authority_type")
    assert obstacles(desk) == ""
