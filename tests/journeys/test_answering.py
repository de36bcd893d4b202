"""Answering as a screen reader, a thumb and large text meet it; the whole return within 25 page loads."""

import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from respondents.returns.models import Return
from respondents.returns.saving import Sending, save_answers
from tests import builders
from tests.journeys.conftest import DESK, PHONE, overflow
from tests.journeys.test_chair import CHAIR, Survey, choose, survey, tab

__all__ = ["survey", "tab"]  # fixtures
pytestmark = pytest.mark.journey
Tab = Callable[..., Page]
Barriers = Callable[[Page], str]
MAX_LOADS = 25


def stored(survey: Survey) -> Return:
    return Return.objects.get(pk=survey.barnet.pk)


FIRST_OF_EACH = """groups => groups.forEach(group => {
    const radio = group.querySelector("input[type=radio]")
    const found = radio || group.querySelector("input[type=checkbox]")
    if (!found.checked) found.click()
})"""


def answer_page(page: Page) -> None:
    """Gives every question on the page its first answer; other walks take the mouse to each."""
    page.locator("main form fieldset").evaluate_all(FIRST_OF_EACH)
    for box in page.locator("main textarea:visible").all():
        box.fill("We meet every month.")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("by_agency", [False, True], ids=["by aspect", "by agency"])
def test_whole_return_takes_no_more_than_25_page_loads(
    tab: Tab, survey: Survey, *, scripts: bool, by_agency: bool
) -> None:
    page, loads = tab(scripts=scripts), list[str]()
    page.on("load", lambda loaded: loads.append(loaded.url))
    page.goto(survey.url())
    page.get_by_role("link", name="About the Board and this return", exact=True).click()
    if by_agency:
        answer_page(page)
        page.get_by_role("button", name="Save and return to the task list").click()
        page.get_by_role("link", name="Answer by agency").click()
    while page.locator("form[data-autosave]").count():
        answer_page(page)
        page.get_by_role("button", name="Save and continue").click()
        page.wait_for_load_state("load")
    page.get_by_role("button", name="Submit the return").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Return received")

    assert len(loads) <= MAX_LOADS
    coded = {code for code, item in survey.barnet.wave.questionnaire.items.items() if item.coded}
    assert stored(survey).answers.keys() == coded


def test_battery_reads_as_one_group_for_each_item_with_its_whole_scale(tab: Tab, survey: Survey) -> None:
    page = tab()
    page.goto(survey.url("questions/B1/"))

    expect(page.get_by_role("group", name="Health")).to_match_aria_snapshot("""
      - group "Health":
        - text: Health
        - radio "Very good"
        - radio "Good"
        - radio "Reasonable"
        - radio "Poor"
        - radio "Very poor"
        - radio "Don't know"
    """)
    assert page.get_by_role("group").count() == 7


def test_error_reads_as_a_summary_and_again_at_its_field(tab: Tab, survey: Survey) -> None:
    page = tab()
    page.goto(survey.url("questions/this-return/"))
    page.get_by_label("Director of Children's Services").check()
    page.evaluate("document.querySelector('[value=none]').checked = true")
    page.get_by_role("button", name="Save and continue").click()

    expect(page).to_have_title(re.compile("^Error: How this return was made, About the Board and this return"))
    expect(page.get_by_role("alert")).to_match_aria_snapshot("""
      - alert:
        - heading "There is a problem" [level=2]
        - list:
          - listitem:
            - link "“No one” cannot be chosen together with another answer."
    """)
    group = page.get_by_role("group", name="Whom, if anyone, did you consult")
    expect(group).to_have_accessible_description(
        "Select all that apply. Error: “No one” cannot be chosen together with another answer."
    )
    page.get_by_role("link", name="“No one” cannot be chosen").click()
    expect(page.get_by_label("Director of Children's Services")).to_be_focused()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_notice_of_blanks_takes_the_focus_and_offers_three_ways_on(
    tab: Tab, survey: Survey, barriers: Barriers, width: int
) -> None:
    page = tab(width=width)
    page.goto(survey.url("questions/B1/"))
    for agency in ("Health", "Police", "Probation", "Education", "Youth services"):
        choose(page, agency, "Good")
    page.get_by_role("button", name="Save and continue").click()

    notice = page.get_by_role("alert")
    expect(notice).to_be_focused()
    expect(notice).to_match_aria_snapshot("""
      - alert "Your answers are saved":
        - heading "Your answers are saved" [level=2]
        - paragraph: 2 questions on this page have no answer
        - list:
          - listitem:
            - link "Third sector"
          - listitem:
            - link "Children's social care"
        - paragraph: No answer has to be given. You can answer now, go on, or say that you do not want to answer.
        - button "Go on and leave them open"
        - button "I do not want to answer these 2 questions"
    """)
    assert (barriers(page), overflow(page)) == ("", 0)
    page.get_by_role("link", name="Third sector").click()
    expect(page.get_by_role("group", name="Third sector").get_by_label("Very good")).to_be_focused()
    page.get_by_role("button", name="I do not want to answer these 2 questions").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("thresholds")
    assert [stored(survey).answers[f"B1.{each}"] for each in ("third_sector", "childrens_social_care")] == [-6, -6]


def test_enter_on_a_page_that_came_back_goes_on_and_refuses_nothing(tab: Tab, survey: Survey) -> None:
    page = tab(scripts=False)
    page.goto(survey.url("questions/B1/"))
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("group", name="Health").get_by_label("Good", exact=True).press("Enter")

    expect(page).to_have_url(survey.url("questions/B2/"))
    assert stored(survey).answers == {}


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_text_that_was_held_reads_with_its_warning(tab: Tab, survey: Survey, barriers: Barriers, width: int) -> None:
    page = tab(width=width, scripts=False)
    page.goto(survey.url("questions/G1/"))
    page.get_by_role("textbox").fill("Ask jo@example.org about it.")
    page.get_by_role("button", name="Save and continue").click()

    expect(page.get_by_role("textbox")).to_have_accessible_description(
        "Do not name or describe any child or family. Not saved yet. This text has what looks like an email address."
    )
    expect(page.get_by_role("alert").locator("mark")).to_have_text("jo@example.org")
    assert overflow(page) == 0


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_second_board_starts_from_the_first(tab: Tab, survey: Survey, barriers: Barriers, width: int) -> None:
    derby = survey.barnet.wave.returns.get(board__slug="derby-and-derbyshire")
    sent = {f"B1.{each}": 2 for each in ("health", "police")} | {"C1": 1}
    save_answers(derby, Sending(0, sent), person=builders.person(CHAIR), now=timezone.now())
    page = tab(width=width)
    page.goto("/returns/")
    found = [(barriers(page), overflow(page))]
    page.get_by_role("link", name="Start from my answers for Derby and Derbyshire").click()
    found.append((barriers(page), overflow(page)))
    page.get_by_role("button", name="Copy the answers").click()
    page.get_by_role("button", name="Check your answers and submit").click()
    found.append((barriers(page), overflow(page)))
    page.get_by_role("link", name="Understanding of the referral process: 2 copied answers").click()

    expect(page.get_by_role("group", name="Health Copied from Derby and Derbyshire")).to_be_visible()
    found.append((barriers(page), overflow(page)))
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("button", name="Go on and leave them open").click()
    expect(page.get_by_text("1 copied answer is not confirmed yet.")).to_be_visible()
    assert (sorted(stored(survey).copied), found) == (["C1"], [("", 0)] * 4)


@pytest.mark.parametrize(
    "path", ["questions/B1/", "questions/B.health/", "questions/practice/", "questions/G1/", "check/"]
)
def test_text_of_twice_the_size_fits(tab: Tab, survey: Survey, path: str) -> None:
    page = tab(width=640)  # 1280 at 200 per cent
    page.goto(survey.url(path))
    page.evaluate("document.documentElement.style.fontSize = '32px'")
    assert overflow(page) == 0
