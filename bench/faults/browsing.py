"""A chair at a real browser, who reaches the house through its proxy."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, expect

from tests.faults.house import House

SAVED = re.compile(r"^Saved at \d\d:\d\d$")
PATIENCE = 30_000  # milliseconds, on a machine with other work


@contextmanager
def tab(browser: Browser, house: House, session: str, *, scripts: bool = True) -> Iterator[Page]:
    """A window that nobody has used, signed in if there is a session."""
    address = f"http://localhost:{house.ports.proxy}"
    context = browser.new_context(base_url=address, java_script_enabled=scripts, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    yield context.new_page()
    context.close()


def is_saved(page: Page) -> None:
    """Waits until the page says so."""
    expect(page.locator("[data-status]")).to_have_text(SAVED, timeout=PATIENCE)
