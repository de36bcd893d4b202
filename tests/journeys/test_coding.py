"""Two analysts code three answers by keyboard on their own; one decides where they differ, and boards are counted."""

import re
from collections.abc import Callable
from itertools import count

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import Role, User
from analysis.core.coding import Code
from analysis.opentext.coding import name_coders
from analysis.opentext.framing import add_code
from analysis.opentext.models import Coding
from respondents.returns.importing import import_returns
from survey.models import Wave
from tests.builders import person, sign_in, wave

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
ITEM = "G1"
HERE = f"/waves/munro-2012/tables/text/{ITEM}/"
TEXTS = ("Money is short 🙂 and people leave.", "Money is short, and so is time.", "Money comes late.")


@pytest.fixture
def survey() -> Wave:
    """Three answers and two codes."""
    found, now = wave(), timezone.now()
    numbers = count(1)
    lines = "".join(f'r{next(numbers)},,"{text}"\n' for text in TEXTS)
    import_returns(found, f"return_id,board,{ITEM}\n{lines}".encode(), now=now)
    first, second = analysts()
    for name in ("Money", "People"):
        add_code(found, ITEM, Code("", name, f"Something about {name.lower()}"), by=first, now=now)
    name_coders(found, ITEM, first=first, second=second, by=first, now=now)
    return found


def analysts() -> tuple[User, User]:
    first, second = (person(f"{name}@example.org", role=Role.ANALYST) for name in ("ada", "ben"))
    return first, second


def become(who: User, context: BrowserContext, live_server: LiveServer) -> None:
    cookie = sign_in(Client(), who).cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])


def mark(page: Page, words: str) -> None:
    """Selects these words of the answer, as dragging the pointer over them would."""
    page.locator("[data-answer]").evaluate(
        """(answer, words) => {
          const text = answer.firstChild, at = text.data.indexOf(words), range = document.createRange();
          range.setStart(text, at);
          range.setEnd(text, at + words.length);
          const chosen = getSelection();
          chosen.removeAllRanges();
          chosen.addRange(range);
        }""",
        words,
    )


def code_three(page: Page) -> None:
    """Everything is Money; where people leave, that passage is People."""
    for number in (1, 2, 3):
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Answer {number} of 3")
        expect(page.locator("kbd").first).to_be_visible()
        page.keyboard.press("1")
        if "people leave" in (page.locator("[data-answer]").text_content() or ""):
            mark(page, "people leave")
            page.keyboard.press("2")
            expect(page.get_by_text("“people leave”")).to_be_visible()
        page.keyboard.press("s")
    page.get_by_role("button", name="I am done with these answers").click()
    expect(page.get_by_text("You are done")).to_be_visible()


def test_two_code_by_keyboard_one_decides_and_boards_are_counted(
    survey: Wave, page: Page, context: BrowserContext, live_server: LiveServer, barriers: Callable[[Page], str]
) -> None:
    first, second = analysts()
    become(first, context, live_server)
    page.goto(f"{HERE}code/")
    assert barriers(page) == ""
    code_three(page)
    marked = next(each for each in Coding.objects.all() if "people" in str(each.applied))
    place = next(each for each in marked.applied if each["code"] == "people")
    assert TEXTS[0][place["start"] : place["end"]] == "people leave"

    become(second, context, live_server)
    page.goto(f"{HERE}code/")
    expect(page.locator("[name=codes]:checked")).to_have_count(0)
    code_three_and_change_one(page)

    page.get_by_role("link", name=re.compile("1 of 1 to decide")).click()
    page.get_by_role("table").get_by_role("link").click()
    assert barriers(page) == ""
    page.get_by_label("People").check()
    page.get_by_label("Why?").fill("Leaving is about people")
    page.get_by_role("button", name="Keep the decision").click()
    page.goto(f"{HERE}counts/")
    assert barriers(page) == ""
    expect(page.get_by_role("row", name=re.compile("^Money"))).to_contain_text("100%")
    expect(page.get_by_role("row", name=re.compile("^People"))).to_contain_text("33%")


def code_three_and_change_one(page: Page) -> None:
    """The second coder sees no people anywhere; goes back once on the way."""
    for number in (1, 2):
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Answer {number} of 3")
        expect(page.locator("kbd").first).to_be_visible()
        page.keyboard.press("1")
        page.keyboard.press("s")
    expect(page.get_by_role("heading", level=1)).to_have_text("Answer 3 of 3")
    page.keyboard.press("b")
    expect(page.get_by_role("heading", level=1)).to_have_text("Answer 2 of 3")
    expect(page.locator("[name=codes]:checked")).to_have_count(1)
    page.keyboard.press("s")
    expect(page.get_by_role("heading", level=1)).to_have_text("Answer 3 of 3")
    expect(page.locator("kbd").first).to_be_visible()
    page.keyboard.press("1")
    page.keyboard.press("s")
    page.get_by_role("button", name="I am done with these answers").click()
