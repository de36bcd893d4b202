"""What a screen reader is told where something is to be decided: names, roles, states and errors; and axe beside it."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from respondents.fieldwork.inviting import invitation_url
from respondents.returns.saving import Sending, save_answers
from tests import builders
from tests.journeys.conftest import DESK, PHONE, overflow
from tests.journeys.test_chair import CHAIR, Survey, survey, tab

__all__ = ["survey", "tab"]  # fixtures
pytestmark = pytest.mark.journey
Tab = Callable[..., Page]
Barriers = Callable[[Page], str]


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_text_that_is_held_back_is_told_with_its_passages(
    tab: Tab, survey: Survey, barriers: Barriers, width: int
) -> None:
    page = tab(width=width)
    page.goto(survey.url("questions/G1/"))
    page.get_by_role("textbox").fill("Ring jo@example.org")
    page.get_by_role("button", name="Save and continue").click()

    notice = page.get_by_role("alert")
    expect(notice).to_be_focused()
    expect(notice).to_match_aria_snapshot("""
      - alert "Before this is saved":
        - heading "Before this is saved" [level=2]
        - paragraph: /One text is not saved yet/
        - list:
          - listitem:
            - link
            - text: ": Ring"
            - mark: jo@example.org
            - text: This looks like an email address.
        - paragraph: /A program found this by its shape alone and may be wrong/
        - button "Save it as it is"
    """)
    expect(page).to_have_title(re.compile("^Look at a text before it is saved: "))
    expect(page.get_by_role("textbox")).to_have_accessible_description(re.compile("Not saved yet. This text has what"))
    assert (barriers(page), overflow(page)) == ("", 0)

    page.goto(survey.url("messages/"))
    page.get_by_label("Your message").fill("Ring jo@example.org " + "unbroken" * 30)
    page.get_by_role("button", name="Send the message").click()
    expect(page.get_by_role("alert", name="Before this is sent")).to_be_focused()
    expect(page.get_by_role("button", name="Send it as it is")).to_be_visible()
    assert (barriers(page), overflow(page)) == ("", 0)


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_refusal_of_a_text_is_a_named_box_with_its_state(
    tab: Tab, survey: Survey, barriers: Barriers, width: int
) -> None:
    page = tab(width=width)
    page.goto(survey.url("questions/G1/"))
    page.get_by_role("button", name="Save and continue").click()

    expect(page.get_by_role("alert", name="Your answers are saved")).to_be_focused()
    box = page.get_by_role("checkbox", name=re.compile(r"^I do not want to answer\s*: "))
    expect(box).not_to_be_checked()
    assert (barriers(page), overflow(page)) == ("", 0)
    page.get_by_role("textbox").fill("An answer")
    box.check()
    page.get_by_role("button", name="Save and continue").last.click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    expect(page.get_by_role("textbox")).to_have_accessible_description(re.compile("Take one of them away"))
    assert (barriers(page), overflow(page)) == ("", 0)


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_conflict_is_a_group_of_two_answers_with_who_and_when(
    tab: Tab, survey: Survey, barriers: Barriers, width: int
) -> None:
    page, deputy = tab(width=width), builders.person("deputy@example.org")
    page.goto(survey.url("questions/C1/"))
    save_answers(survey.barnet, Sending(0, {"C1": 4}), person=deputy, now=timezone.now())
    page.get_by_label("Agree", exact=True).check()
    page.get_by_role("button", name="Save and continue").click()

    group = page.get_by_role("group", name=re.compile("^To what extent do you agree"))
    expect(group.get_by_role("radio", name="What you have just sent Agree")).not_to_be_checked()
    expect(group.get_by_role("radio", name=re.compile("^Saved by Deputy, today at"))).not_to_be_checked()
    page.get_by_role("button", name="Save the answers I have chosen").click()
    expect(page).to_have_title(re.compile("^Error: Choose which answer stands"))
    expect(page.get_by_role("group")).to_have_accessible_description(re.compile(r"Error:\s+Choose which answer"))
    assert (barriers(page), overflow(page)) == ("", 0)


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_check_page_names_its_sections_and_every_way_to_change(
    tab: Tab, survey: Survey, barriers: Barriers, width: int
) -> None:
    page, person = tab(width=width), builders.person(CHAIR)
    save_answers(survey.barnet, Sending(0, {"C1": 2, "G1": -6}), person=person, now=timezone.now())
    page.goto(survey.url("check/"))
    for section in survey.barnet.wave.questionnaire.sections:
        expect(page.get_by_role("region", name=section.title)).to_be_attached()
    names = page.get_by_role("link", name=re.compile("^Change the answers? to ")).all_text_contents()
    assert len(names) == len(set(names)) > 10
    expect(page.get_by_role("region", name="Submit these answers")).to_contain_text(
        "I, Chair, submit them as its chair"
    )
    assert (barriers(page), overflow(page)) == ("", 0)

    others = [
        f"../{builders.return_of('derby-and-derbyshire', in_wave=survey.barnet.wave).pk}/copy-from/{survey.barnet.pk}/"
    ]
    for path in (*others, "who-wrote-what/", "sections/C/", "people/invite/"):
        page.goto(survey.url(path))
        assert (path, page.get_by_role("heading", level=1).count(), barriers(page), overflow(page)) == (path, 1, "", 0)


def test_arrival_is_one_heading_one_button_and_no_barrier(tab: Tab, survey: Survey, barriers: Barriers) -> None:
    page = tab(width=PHONE, email="")
    page.goto(urlsplit(invitation_url(survey.barnet, builders.person(CHAIR))).path)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.get_by_role("button", name="Start now")).to_be_visible()
    assert (barriers(page), overflow(page)) == ("", 0)
