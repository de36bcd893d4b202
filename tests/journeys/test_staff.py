"""A researcher watches and an analyst takes the report away."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from accounts.models import Role
from analysis.builds.models import Build, BuildState
from analysis.builds.reports import REPORT_PDF
from analysis.builds.requesting import request_build
from respondents.returns.importing import import_returns
from survey.models import Wave
from tests.builders import NOW, RETURNS, person, sign_in, wave, whole_register
from tests.workers import celery_worker

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

ADDRESSES = ("/waves/", "/waves/munro-2012/", "/waves/munro-2012/tables/all/", "/waves/munro-2012/report/")


@pytest.fixture
def munro() -> Wave:
    whole_register()
    opened = wave()
    import_returns(opened, RETURNS.read_bytes(), now=NOW)
    return opened


@pytest.fixture
def analyst(context: BrowserContext, munro: Wave, live_server: object) -> None:
    """The browser of an analyst who has signed in."""
    client = Client()
    sign_in(client, person("analyst@example.org", role=Role.ANALYST))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": str(live_server)}])


@pytest.mark.usefixtures("analyst")
@pytest.mark.parametrize("address", ADDRESSES)
def test_staff_pages_keep_nobody_out_and_do_not_scroll_sideways(
    page: Page, address: str, obstacles: Callable[[Page], str]
) -> None:
    page.goto(address)
    assert obstacles(page) == ""


@pytest.mark.usefixtures("analyst")
@pytest.mark.parametrize("state", list(BuildState))
def test_the_page_of_a_build_keeps_nobody_out_in_any_state(
    page: Page, munro: Wave, state: BuildState, barriers: Callable[[Page], str]
) -> None:
    build = request_build(munro, kind=REPORT_PDF, person=None, now=NOW, ring=lambda _: None)
    Build.objects.filter(pk=build.pk).update(state=state, finished_at=NOW)

    page.goto(f"/waves/munro-2012/report/{build.pk}/")

    assert barriers(page) == ""


@pytest.mark.usefixtures("analyst")
def test_a_researcher_narrows_the_list_of_boards_by_keyboard(page: Page) -> None:
    page.goto("/waves/munro-2012/")

    page.get_by_label("Name contains").focus()
    page.keyboard.type("isle of")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_have_text("1 of 148 boards")
    expect(page.locator(".state-table--boards:not(.map-table *)").get_by_role("rowheader")).to_have_text(
        "Isle of Wight"
    )


@pytest.mark.usefixtures("analyst")
def test_an_analyst_asks_for_the_report_watches_it_and_takes_it_away(page: Page, tmp_path: Path) -> None:
    page.goto("/waves/munro-2012/report/")
    with celery_worker(tmp_path) as wait_for:
        page.get_by_role("button", name="Build: Report for the team (PDF)").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Waiting for a worker")
        wait_for(lambda: Build.objects.filter(state=BuildState.DONE).exists())
    expect(page.get_by_role("heading", level=1)).to_have_text("Ready")

    with page.expect_download() as taken:
        page.get_by_role("button", name="Download (").click()

    assert taken.value.suggested_filename == "munro-2012-report.pdf"
    assert Path(taken.value.path()).read_bytes().startswith(b"%PDF-1.7")


@pytest.mark.usefixtures("analyst")
def test_tables_on_the_page_carry_the_same_figures_as_the_file(page: Page, context: BrowserContext) -> None:
    page.goto("/waves/munro-2012/tables/all/")

    on_page = page.locator("table.figures td").evaluate_all(
        "cells => cells.map(cell => cell.firstChild ? cell.firstChild.textContent.trim() : '')"
    )

    lines = context.request.get("/waves/munro-2012/tables/download.csv").text().splitlines()[1:]
    figures = [figure for line in lines if (figure := line.split(","))[3] in {"count", "percent"}]
    in_file = [figure[4] or figure[6] for figure in figures]
    assert sorted(figure for figure in on_page if figure) == sorted(figure for figure in in_file if figure)
