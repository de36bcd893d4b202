"""A browser goes back, reloads and presses twice; and its session ends while a long text is typed."""

from uuid import UUID

from django.db import connection
from playwright.sync_api import Browser, Page, expect

from accounts.signed_in.models import Session
from bench.faults.browsing import PATIENCE, is_saved, tab
from bench.faults.canaries import code_for
from bench.faults.experiments.e08_canaries import chair_email
from bench.faults.lab import Lab
from bench.faults.registry import Outcome, experiment
from respondents.returns.models import Return, Submission
from tests.faults.chairs import Chair, wait_for
from tests.faults.house import House
from tests.faults.ledger import check_whole, history
from tests.journeys.conftest import chromium

PARAGRAPH = "What we have learned is that early help comes late where nobody is asked to give it. "


@experiment(
    "A10",
    does="Back after a save, save again, reload in the middle, submit, Back, submit again; with and without scripts",
    holds="one submission, nothing older overwrites, every text that was said to be saved is in history",
    goal="20 of 20 walks",
    amounts={"nightly": 20, "release": 40},
    limit=1800,
)
def walks(lab: Lab) -> Outcome:
    """So many walks, each by another chair."""
    problems, whole = list[str](), 0
    with lab.house() as house, chromium() as browser:
        for number, chair in enumerate(lab.chairs(house, lab.rounds)):
            wrong = _walk(browser, house, chair, scripts=number % 2 == 0)
            problems += [f"walk {number}: {each}" for each in wrong]
            whole += not wrong
        letters = len(house.office.letters)
    figure = f"{whole} of {lab.rounds} walks, {letters} receipts"
    return lab.outcome(figure, faults=4 * lab.rounds, problems=problems, passed=whole == lab.rounds)


def _walk(browser: Browser, house: House, chair: Chair, *, scripts: bool) -> list[str]:
    here, texts = f"/returns/{chair.return_id}", ("First words", "First words and second", "Third words")
    with tab(browser, house, chair.session, scripts=scripts) as page:
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(f"{here}/questions/G1/")
        _write(page, texts[0])
        page.go_back()
        expect(page.get_by_role("textbox")).to_have_value(texts[0], timeout=PATIENCE)
        _write(page, texts[1])
        page.goto(f"{here}/questions/G1/")
        page.get_by_role("textbox").fill(texts[2])
        if scripts:
            is_saved(page)
        page.reload()
        shown = page.get_by_role("textbox").input_value()
        page.goto(f"{here}/check/")
        page.get_by_role("button", name="Submit the return").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Return received", timeout=PATIENCE)
        page.go_back()
        again = page.get_by_role("button", name="Submit the return")
        if again.count():
            again.click()
            page.wait_for_load_state()
    last = texts[2] if scripts else texts[1]  # without scripts nobody was told that the third was saved
    return [*([] if shown == last else [f"shows “{shown}”"]), *_stored(chair, [*texts[:2], last], last)]


def _write(page: Page, text: str) -> None:
    page.get_by_role("textbox").fill(text)
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("How important", timeout=PATIENCE)


def _stored(chair: Chair, texts: list[str], last: str) -> list[str]:
    found = Return.objects.get(pk=chair.return_id)
    check_whole(found)
    problems = [f"“{text}” is in no save" for text in texts if text not in history(found, "G1")]
    problems += [] if found.texts.get("G1") == last else [f"stored is “{found.texts.get('G1')}”"]
    count = Submission.objects.filter(survey_return=UUID(chair.return_id)).count()
    connection.close()
    return [*problems, *([] if count == 1 else [f"{count} submissions"])]


@experiment(
    "A11",
    does="the session is ended while a long text is typed, by a pause and by the button; signed in again with a code",
    holds="the text comes back by itself and is saved, byte for byte",
    goal="20 of 20 texts",
    amounts={"nightly": 20, "release": 40},
    limit=1800,
)
def texts_kept(lab: Lab) -> Outcome:
    """So many texts, each by another chair."""
    problems, kept, text = list[str](), 0, ""
    with lab.house() as house, chromium() as browser:
        for number, chair in enumerate(lab.chairs(house, lab.rounds)):
            text = f"{PARAGRAPH * 40}{chair.new_text()}"
            with tab(browser, house, chair.session) as page:
                _type_and_come_back(page, house, chair, text, by_button=number % 2 == 0)
            is_kept = wait_for(lambda c=chair, t=text: _has(c, t), seconds=20) is not None  # type: ignore[misc]
            kept += is_kept
            problems += [] if is_kept else [f"text {number} is not stored as it was typed"]
    return lab.outcome(f"{kept} of {lab.rounds} texts of {len(text):,} letters", faults=lab.rounds, problems=problems)


def _type_and_come_back(page: Page, house: House, chair: Chair, text: str, *, by_button: bool) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"/returns/{chair.return_id}/questions/G1/")
    Session.objects.filter(session_key=chair.session).delete()
    connection.close()
    page.get_by_role("textbox").fill(text)
    if by_button:
        page.get_by_role("button", name="Save and continue").click()
    else:
        expect(page.get_by_text("Not saved: you have been signed out.")).to_be_visible(timeout=PATIENCE)
        page.goto("/sign-in/")
    email, before = chair_email(chair.return_id), len(house.office.letters)
    page.get_by_label("Email address").fill(email)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code from the email").fill(code_for(house, email, after=before))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()
    page.goto(f"/returns/{chair.return_id}/questions/G1/")
    expect(page.get_by_role("textbox")).to_have_value(text, timeout=PATIENCE)
    is_saved(page)


def _has(chair: Chair, text: str) -> bool:
    connection.close()
    return bool(Return.objects.get(pk=chair.return_id).texts.get("G1") == text)
