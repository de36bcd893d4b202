"""A stranger comes to the door."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.journey


def test_first_page_is_dressed_and_open_to_everyone(page: Page, barriers: Callable[[Page], str]) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert "Source Sans 3" in page.locator("h1").evaluate("element => getComputedStyle(element).fontFamily")
    assert page.evaluate("document.fonts.ready.then(fonts => [...fonts].some(font => font.status === 'loaded'))")
    assert barriers(page) == ""
