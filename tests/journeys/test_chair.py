"""A chair answers for a board: from the start page to the receipt, on a phone, by keyboard, without scripts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from respondents.returns.models import Return
from respondents.returns.saving import Sending, save_answers
from respondents.returns.submitting import submit_return
from survey.schema.answers import Value
from tests import builders
from tests.journeys.conftest import DESK, PHONE, TABLET
from tests.post import code_in_the_post

pytestmark = pytest.mark.journey

CHAIR = "chair@example.org"


@dataclass(frozen=True)
class Survey:
    """An open survey and the chair's return in it."""

    address: str
    barnet: Return

    def url(self, rest: str = "") -> str:
        return f"{self.address}/returns/{self.barnet.pk}/{rest}"


@pytest.fixture
def survey(live_server: LiveServer) -> Survey:
    cache.clear()  # every walk asks for codes anew
    now = timezone.now()
    boards = builders.two_boards()
    wave = builders.wave(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=3))
    builders.chair(*boards)
    builders.chair(boards[0], email="deputy@example.org")
    return Survey(live_server.url, builders.return_of("barnet", in_wave=wave))


def person_at(browser: Browser, survey: Survey, *, width: int = DESK, scripts: bool = True, email: str = "") -> Page:
    """A tab of a fresh browser, signed in if an address is given."""
    context = browser.new_context(
        base_url=survey.address,
        viewport={"width": width, "height": 800},
        java_script_enabled=scripts,
        locale="en-GB",
        timezone_id="Europe/London",
    )
    context.set_default_timeout(10_000)
    if email:
        context.add_cookies([{"name": "sessionid", "value": session_of(email), "url": survey.address}])
    return context.new_page()


def session_of(email: str) -> str:
    client = Client()
    client.force_login(builders.person(email))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def tab(browser: Browser, survey: Survey) -> Iterator[Callable[..., Page]]:
    """Opens tabs as `tab(width=…, scripts=…, email=…)`; they are closed at the end."""
    contexts: list[BrowserContext] = []

    def open_tab(*, width: int = DESK, scripts: bool = True, email: str = CHAIR) -> Page:
        found = person_at(browser, survey, width=width, scripts=scripts, email=email)
        contexts.append(found.context)
        return found

    yield open_tab
    for context in contexts:
        context.close()


def sign_in(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Start now").click()
    page.get_by_label("Email address").fill(CHAIR)
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter your code")
    page.get_by_label("Code from the email").fill(code_in_the_post())
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your boards")


def choose(page: Page, item: str, answer: str) -> None:
    page.get_by_role("group", name=item).get_by_text(answer, exact=True).locator("..").click()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_chair_walks_from_the_start_page_to_the_receipt(
    tab: Callable[..., Page], survey: Survey, width: int, *, scripts: bool
) -> None:
    page = tab(width=width, scripts=scripts, email="")
    sign_in(page)
    page.get_by_role("link", name="Barnet Local Safeguarding Children Board").click()
    page.get_by_role("link", name="Read all the questions on one page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("All questions")
    page.get_by_role("link", name="Task list").click()

    page.get_by_role("link", name="About the Board and this return", exact=True).click()
    page.get_by_label("Other partners (please say which)").check()
    page.get_by_label("Which other partners?").fill("The police\nThe schools")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_text("1 question on this page has no answer")).to_be_visible()
    page.get_by_role("button", name="Go on and leave it open").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("understanding of the referral process")
    choose(page, "Health", "Very good")
    choose(page, "Police", "Don't know")
    page.get_by_role("button", name="Save and return to the task list").click()
    expect(page.get_by_text("2 of 42 answered")).to_be_visible()

    page.get_by_role("button", name="Check your answers and submit").click()
    expect(page.get_by_text("84 answers are missing. You can submit all the same.")).to_be_visible()
    page.get_by_role("button", name="Submit the return").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Return received")
    stored = survey.barnet.submissions.get()
    expect(page.get_by_text(stored.reference)).to_be_visible()
    assert (stored.answers["B1.health"], stored.answers["B1.police"], stored.answers["A4"]) == (1, -8, [3])
    assert stored.texts == {"A4.details": "The police\nThe schools"}


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_chair_changes_an_answer_after_submitting_and_submits_again(
    tab: Callable[..., Page], survey: Survey, *, scripts: bool
) -> None:
    answered(survey)
    page = tab(scripts=scripts)
    page.goto(survey.url("check/"))
    page.get_by_role("link", name="Change the answer to Shared understanding of the developments needed").click()
    page.wait_for_load_state()
    page.get_by_label("No answer").check()
    if scripts:  # the choice that was taken goes only once the click is over: the button does not move away under it
        expect(page.get_by_text("Saved at")).to_be_visible()
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("button", name="Go on and leave it open").click()
    expect(page.get_by_text("You have changed answers since you submitted.")).to_be_visible()
    page.get_by_role("button", name="Submit the return").click()

    expect(page.get_by_text("2 of 2")).to_be_visible()
    page.get_by_role("link", name="Go to your boards").click()
    expect(page.get_by_text("Submitted", exact=True)).to_be_visible()
    assert [each.answers["C1"] for each in survey.barnet.submissions.order_by("number")] == [2, -9]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_two_people_who_change_one_answer_choose_which_stands(
    tab: Callable[..., Page], survey: Survey, *, scripts: bool
) -> None:
    mine, theirs = tab(scripts=scripts), tab(scripts=scripts, email="deputy@example.org")
    for page in (mine, theirs):
        page.goto(survey.url("questions/B1/"))
    choose(theirs, "Health", "Poor")
    theirs.get_by_role("button", name="Save and continue").click()
    theirs.get_by_role("button", name="Go on and leave them open").click()
    expect(theirs.get_by_role("heading", level=1)).to_contain_text("thresholds")
    choose(mine, "Health", "Good")
    choose(mine, "Police", "Good")
    mine.get_by_role("button", name="Save and continue").click()

    expect(mine.get_by_role("heading", level=1)).to_have_text("Choose which answer stands")
    expect(mine.get_by_text("Saved by Deputy, today at")).to_be_visible()
    mine.get_by_role("button", name="Save the answers I have chosen").click()
    expect(mine.get_by_text("There is a problem")).to_be_visible()
    mine.get_by_label("What you have just sent").check()
    mine.get_by_role("button", name="Save the answers I have chosen").click()

    expect(mine.get_by_role("heading", level=1)).to_contain_text("thresholds")
    survey.barnet.refresh_from_db()
    assert survey.barnet.answers == {"B1.health": 2, "B1.police": 2}


def answered(survey: Survey) -> None:
    """Some answers of each kind, submitted once."""
    now, person = timezone.now(), builders.person(CHAIR)
    sent: dict[str, Value] = {
        "A4": [2, 3],
        "A4.details": "Police",
        "B1.health": 2,
        "B1.police": -8,
        "C1": 2,
        "F1": 1,
        "G1": "Money " * 40,
    }
    save_answers(survey.barnet, Sending(0, sent), person=person, now=now)
    submit_return(survey.barnet, person=person, version=1, now=now)


PAGES = {
    "boards": "../",
    "tasks": "",
    "all questions": "all-questions/",
    "boxes": "questions/this-return/",
    "ratings": "questions/B1/",
    "one answer": "questions/C1/",
    "statements": "questions/D1/",
    "yes and details": "questions/practice/",
    "text": "questions/G1/",
    "check": "check/",
    "receipt": "submissions/1/",
    "sent": "submissions/1/answers/",
    "help": "../help/",
    "privacy": "../privacy/",
    "accessibility": "../accessibility/",
    "sign out": "../../sign-in/out/",
    "not found": "nowhere/",
}
STRANGERS_PAGES = ("/", "/sign-in/")


def test_no_page_keeps_anybody_out_or_scrolls_sideways(
    tab: Callable[..., Page], survey: Survey, obstacles: Callable[[Page], str]
) -> None:
    answered(survey)
    page, found = tab(width=DESK), {}

    for name, path in PAGES.items():
        page.goto(survey.url(path))
        found[name] = obstacles(page)

    assert found == dict.fromkeys(PAGES, "")


def test_no_page_of_sign_in_keeps_anybody_out(tab: Callable[..., Page], obstacles: Callable[[Page], str]) -> None:
    page, found = tab(width=DESK, email=""), []

    for path in STRANGERS_PAGES:
        page.goto(path)
        found.append(obstacles(page))
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    found.append(obstacles(page))
    page.get_by_label("Email address").fill("a.chair.with.a.very.long.address.indeed@a-very-long-host-name.example.org")
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code from the email").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    found.append(obstacles(page))

    assert found == [""] * 4


def test_no_page_that_says_no_keeps_anybody_out(
    tab: Callable[..., Page], survey: Survey, obstacles: Callable[[Page], str]
) -> None:
    page, found = tab(width=DESK), []
    page.goto(survey.url("questions/this-return/"))
    page.get_by_label("Director of Children's Services").check()
    page.evaluate("document.querySelector('[value=none]').checked = true")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    found.append(obstacles(page))

    page.goto(survey.url("questions/G1/"))
    page.get_by_role("textbox").fill("Mine " * 30)
    deputy = builders.person("deputy@example.org")
    save_answers(survey.barnet, Sending(0, {"G1": "unbroken" * 60}), person=deputy, now=timezone.now())
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose which answer stands")
    found.append(obstacles(page))

    survey.barnet.wave.closes_at = timezone.now() - timedelta(seconds=1)
    survey.barnet.wave.save()
    for path in ("questions/G1/", "", "check/"):
        page.goto(survey.url(path))
        found.append(obstacles(page))

    assert found == [""] * 5


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_ratings_can_be_given_by_keyboard_alone(tab: Callable[..., Page], survey: Survey, width: int) -> None:
    page = tab(width=width)
    page.goto(survey.url("questions/B1/"))
    items = [item.code for item in survey.barnet.wave.questionnaire.page("B1").items]

    reached = []
    page.locator(".govuk-back-link").focus()
    for _ in items:
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.name"))
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Save and continue"
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("thresholds")
    survey.barnet.refresh_from_db()
    assert reached == items
    assert survey.barnet.answers == dict.fromkeys(items, 2)


def test_focus_is_never_hidden_under_the_head_of_the_columns(tab: Callable[..., Page], survey: Survey) -> None:
    page = tab(width=DESK)
    page.set_viewport_size({"width": DESK, "height": 420})
    page.goto(survey.url("questions/D1/"))
    page.get_by_role("button", name="Save and continue").focus()

    hidden = []
    for _ in survey.barnet.wave.questionnaire.page("D1").items:
        page.keyboard.press("Shift+Tab")
        hidden.append(
            page.evaluate(
                "document.activeElement.getBoundingClientRect().top"
                " < document.querySelector('.app-battery__head').getBoundingClientRect().bottom"
            )
        )

    assert hidden == [False] * 10


@pytest.mark.parametrize(("width", "side_by_side"), [(PHONE, False), (TABLET, False), (769, True), (DESK, True)])
def test_scale_stands_in_columns_where_there_is_room(
    tab: Callable[..., Page], survey: Survey, width: int, *, side_by_side: bool
) -> None:
    page = tab(width=width)
    page.goto(survey.url("questions/B1/"))

    tops = page.locator("[name='B1.health']").evaluate_all("all => all.map(each => each.getBoundingClientRect().top)")

    assert (len(tops), len(set(tops)) == 1) == (6, side_by_side)


@pytest.mark.parametrize("width", [PHONE, TABLET, DESK])
def test_everything_to_press_is_large_enough_for_a_thumb(tab: Callable[..., Page], survey: Survey, width: int) -> None:
    answered(survey)
    page, small = tab(width=width), []
    script = """all => all.filter(each => !each.closest('p, li, dd, label, .govuk-skip-link') && each.type !== 'hidden')
        .map(each => [each.outerHTML.slice(0, 80), each.getBoundingClientRect()])
        .filter(([, box]) => box.width && (box.width < 24 || box.height < 24)).map(([html]) => html)"""

    for path in ("questions/B1/", "questions/practice/", "questions/this-return/", "", "check/", "submissions/1/"):
        page.goto(survey.url(path))
        small += page.locator("a, button, input, .app-battery__cell").evaluate_all(script)

    assert small == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_box_that_follows_a_yes_opens_with_the_yes(tab: Callable[..., Page], survey: Survey, *, scripts: bool) -> None:
    page = tab(scripts=scripts)
    page.goto(survey.url("questions/practice/"))
    box = page.get_by_label("Please give details.").first
    expect(box).to_be_hidden()

    page.get_by_label("Yes").first.check()
    expect(box).to_be_visible()
    page.get_by_label("Yes").first.press("Tab")
    expect(box).to_be_focused()

    page.get_by_label("No", exact=True).first.check()
    expect(box).to_be_hidden()


def test_paper_holds_the_questions_and_not_the_buttons(tab: Callable[..., Page], survey: Survey) -> None:
    answered(survey)
    page, seen = tab(), []
    for path in ("all-questions/", "check/", "submissions/1/"):
        page.goto(survey.url(path))
        page.emulate_media(media="print")
        seen.append([page.locator(part).is_visible() for part in ("h1", ".app-header", ".app-footer", "[data-print]")])
        page.emulate_media(media="screen")

    assert seen == [[True, False, False, False]] * 3


def test_nothing_the_browser_complains_of(tab: Callable[..., Page], survey: Survey) -> None:
    answered(survey)
    page = tab()
    complaints: list[str] = []
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))

    for name, path in PAGES.items():
        if name != "not found":
            page.goto(survey.url(path))
            page.wait_for_load_state("networkidle")

    assert complaints == []
