"""An analyst puts another survey beside the tables: sends its figures, looks, imports, compares; nobody is kept out."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from accounts.models import Role
from respondents.returns.importing import import_returns
from tests.analysis.comparators.examples import AGREEMENT, STATEMENT
from tests.builders import NOW, RETURNS, person, sign_in, wave, whole_register

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
TOLD = {
    "Name of the survey": "Survey of directors, 2011",
    "Heading of its column": "2011 (directors)",
    "Who was asked?": "directors of children’s services",
    "When?": "March 2011",
    "On which scale?": "\n".join(AGREEMENT),
    "Where was it published?": "Directors’ bulletin 7",
    "How far may it be compared?": "Directors answered for their authority; the two columns are no trend.",
}


def test_an_analyst_brings_another_survey_and_compares(
    page: Page, context: BrowserContext, live_server: object, obstacles: Callable[[Page], str]
) -> None:
    whole_register()
    import_returns(wave(closes_at=timezone.now() + timedelta(days=11)), RETURNS.read_bytes(), now=NOW)
    client = sign_in(Client(), person("ann@example.org", role=Role.ANALYST))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": str(live_server)}])

    page.goto("/waves/munro-2012/tables/comparators/")
    page.get_by_role("button", name="Import figures of another survey").click()
    for label, words in TOLD.items():
        page.get_by_label(label).fill(words)
    file = page.get_by_label("File of figures")
    file.set_input_files(
        {"name": "directors.csv", "mimeType": "text/csv", "buffer": STATEMENT.replace("40,,", "140,,").encode()}
    )
    page.get_by_role("button", name="Show what would be imported").click()
    expect(page.get_by_text("140% is more than all. Correct the percentage.")).to_be_visible()
    expect(page.get_by_label("Who was asked?")).to_have_value(TOLD["Who was asked?"])
    assert obstacles(page) == ""

    file.set_input_files({"name": "directors.csv", "mimeType": "text/csv", "buffer": STATEMENT.encode()})
    page.get_by_role("button", name="Show what would be imported").click()
    expect(page.get_by_text("Table 8, D1.1")).to_be_visible()
    assert obstacles(page) == ""
    page.get_by_role("button", name="Import exactly this").click()
    page.get_by_role("link", name="Table 8.").click()
    expect(page.get_by_text("20 of 40 (50%)")).to_be_visible()
    assert obstacles(page) == ""
