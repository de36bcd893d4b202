"""The demonstration as a newcomer meets it: one command, sign in as anyone, everything ends with Ctrl-C."""

import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.builders import ROOT
from tests.services import free_port, is_open, running, wait_until

pytestmark = pytest.mark.journey
PATIENCE = 10.0  # the worker may still be starting when the first code is asked for


@contextmanager
def demonstration(folder: Path) -> Iterator[tuple[Popen[bytes], str, Path]]:
    """`manage.py demo` on a database of its own; its process, its address and its log."""
    port, log = free_port(), folder / "demo.log"
    surroundings = {
        name: value for name, value in os.environ.items() if name not in {"DJANGO_SETTINGS_MODULE", "DEMONSTRATION"}
    }
    surroundings |= {
        "DATABASE_URL": f"sqlite:///{folder / 'demo.sqlite3'}",
        "BROKER_URL": f"filesystem://{folder / 'queue'}",
    }
    command = (sys.executable, "manage.py", "demo", "--port", str(port))
    with running(command, log=log, env=surroundings, cwd=ROOT) as process:
        wait_until(lambda: is_open(port), process=process, log=log, seconds=60)
        yield process, f"http://localhost:{port}", log


def codes_shown(page: Page, address: str) -> list[str]:
    """The codes on the page that shows the mail, newest first."""
    page.goto(f"{address}/demonstration/mail/")
    letters = page.get_by_role("main").inner_text().partition("Latest messages")[2]
    return re.findall(r"\b[A-Z]{4}-[A-Z]{4}\b", letters)


def sign_in(page: Page, address: str, email: str, *, app_of: str) -> None:
    """As staff would: ask for a code, read it and the app's digits on the page that shows the mail, type them."""
    letters = page.context.new_page()
    old = codes_shown(letters, address)
    page.goto(f"{address}/sign-in/")
    page.get_by_label("Email address").fill(email)
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in/code/**")
    started = time.monotonic()
    while (codes := codes_shown(letters, address))[:1] == old[:1]:  # older ones leave the page as new ones come
        assert time.monotonic() - started < PATIENCE
        letters.wait_for_timeout(200)
    digits = letters.get_by_role("definition").filter(has_text=app_of).locator("strong").inner_text()
    letters.close()
    page.get_by_label("Code from the email").fill(codes[0])
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in/second/**")
    page.get_by_label("Code from your authenticator app").fill(digits)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def test_a_newcomer_runs_the_survey_and_takes_the_report_away(browser: Browser, tmp_path: Path) -> None:
    with demonstration(tmp_path) as (process, address, log):
        page = browser.new_context().new_page()
        sign_in(page, address, "analyst@example.org", app_of="An analyst")
        page.get_by_role("link", name="Survey of LSCB chairs").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("57 of 148 boards (39%)")
        expect(page.get_by_text("All answers here are invented")).to_be_visible()

        page.get_by_role("link", name="Report").click()
        page.get_by_role("button", name="Build: Report for the team (PDF)").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Ready", timeout=60_000)
        with page.expect_download() as taken:
            page.get_by_role("button", name="Download (").click()
        report = Path(taken.value.path()).read_bytes()

        family = children_of(process.pid)
        process.send_signal(signal.SIGINT)
        code = process.wait(timeout=30)

    assert report.startswith(b"%PDF-1.7")
    assert code == 0, log.read_text()
    assert len(family) >= 4
    assert [pid for pid in family if is_alive(pid)] == []


def is_alive(pid: int) -> bool:
    """Whether the process still runs; one that has ended and only waits to be counted does not."""
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def children_of(parent: int) -> list[int]:
    """Every process that descends from this one."""
    found: list[int] = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == parent:
                found += [int(entry.name), *children_of(int(entry.name))]
    return found
