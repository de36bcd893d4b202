"""A person at a browser: Chromium, a page, and the two things every walk is watched for."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright
from pytest_django.live_server_helper import LiveServer

from config.bootstrap import find_chromium

# Playwright keeps an event loop in this thread; what the tests ask of the database meanwhile is not asynchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
# Parts of the browser's own window, of which one is a page that is drawn anew at each address; and what Playwright
# leaves out, since of two such lists the browser reads the last.
LEFT_OUT = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxFullPopup",
    "WebUIOmniboxAimPopup",
    "SpareRendererForSitePerProcess",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--no-first-run",
    f"--disable-features={','.join(LEFT_OUT)}",
]

PHONE, TABLET, DESK = 320, 768, 1280


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium without a window, as it is installed on this machine."""
    program = find_chromium()
    assert program, "Chromium is missing: sudo apt-get install -y chromium, or put its path into CHROMIUM"
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield found
        found.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One for all journeys."""
    with chromium() as found:
        yield found


@pytest.fixture
def context(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    """A browser nobody has used yet, at the product's address."""
    found = browser.new_context(base_url=live_server.url, locale="en-GB", timezone_id="Europe/London")
    found.set_default_timeout(10_000)
    yield found
    found.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """An empty tab; a walk during which the browser complained of anything has failed."""
    complaints: list[str] = []
    found = context.new_page()
    found.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    found.on("pageerror", lambda error: complaints.append(str(error)))
    found.on("requestfailed", lambda request: complaints.extend(_failure(request)))
    yield found
    assert complaints == []


def _failure(request: Request) -> list[str]:
    """What failed; a download, or a picture of a page already left, is given up by the browser and is no failure."""
    may_give_up = request.is_navigation_request() or request.resource_type in {"image", "other"}
    return [] if may_give_up and request.failure == "net::ERR_ABORTED" else [f"{request.url}: {request.failure}"]


@pytest.fixture
def barriers() -> Callable[[Page], str]:
    """What axe finds on a page that would keep somebody out; empty where nothing does."""
    return find_barriers


def find_barriers(page: Page, *, contrast: bool = True) -> str:
    """The same, with the contrast of words left out where it is known."""
    page.wait_for_load_state("load")
    page.evaluate("document.fonts.ready")
    axe = Axe("null") if page.evaluate("'axe' in window") else Axe()  # which is half a megabyte to read
    results = axe.run(page, options={"resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": contrast}}})
    return results.generate_report() if results.violations_count else ""


# Most of what axe takes is contrast. It is known from the width before where everything that is now seen was seen as
# well, in the same colours and in letters no larger: what is read in small letters must have more of it.
KEEPS_ITS_COLOURS = """() => {
    const looks = [...document.querySelectorAll("body, body *")].map(element => {
        if (!element.checkVisibility({visibilityProperty: true})) return null
        const style = getComputedStyle(element), size = parseFloat(style.fontSize)
        const look = [style.color, style.backgroundColor, style.backgroundImage, style.opacity, style.textShadow].join()
        return {look: `${look} ${style.position}`, small: size < 24 && (size < 18.66 || style.fontWeight < 700)}
    })
    const before = window.looksBefore || []
    window.looksBefore = looks
    const isKnown = (now, then) => !now || (then && now.look === then.look && now.small <= then.small)
    return before.length === looks.length && looks.every((now, place) => isKnown(now, before[place]))
}"""


def overflow(page: Page) -> int:
    """By how many pixels a page scrolls sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.fixture
def obstacles() -> Callable[[Page], str]:
    """What keeps somebody out of a page at any width: axe at both ends, scrolling sideways between them as well."""

    def find(page: Page) -> str:
        found = []
        for width in (PHONE, TABLET, DESK):
            page.set_viewport_size({"width": width, "height": 900})
            found += [f"{overflow(page)} px too wide at {width}"] if overflow(page) else []
            if width != TABLET:
                found.append(find_barriers(page, contrast=not page.evaluate(KEEPS_ITS_COLOURS)))
        return "\n".join(filter(None, found))

    return find
