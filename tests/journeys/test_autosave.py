"""What is written is saved while it is written: through lost networks, sign-outs, second tabs and the way back."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Dialog, Page, Route, expect

from accounts.models import Session
from respondents.returns.models import Return
from respondents.returns.saving import Sending, save_answers
from tests import builders
from tests.journeys.test_chair import CHAIR, Survey, choose, session_of, survey, tab

__all__ = ["survey", "tab"]  # fixtures
pytestmark = pytest.mark.journey
Tab = Callable[..., Page]
SAVED = {"state": "saved", "at": "12:00", "version": 1, "waiting": {}, "unasked": ""}


def stored(survey: Survey) -> Return:
    return Return.objects.get(pk=survey.barnet.pk)


def expect_saved(page: Page) -> None:
    expect(page.locator("[data-status]")).to_have_text(re.compile(r"^Saved at \d\d:\d\d$"), timeout=10_000)


def test_text_is_saved_after_a_pause_and_not_at_every_key(tab: Tab, survey: Survey) -> None:
    page = tab()
    page.goto(survey.url("questions/G1/"))
    page.get_by_role("textbox").press_sequentially("Late referrals cost us most.", delay=20)
    expect_saved(page)

    assert (stored(survey).texts, stored(survey).version) == ({"G1": "Late referrals cost us most."}, 1)
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("How important")
    assert stored(survey).version == 1


def test_choice_is_saved_at_once_and_the_page_goes_on_without_conflict(tab: Tab, survey: Survey) -> None:
    page = tab()
    page.goto(survey.url("questions/C1/"))
    page.get_by_label("Agree", exact=True).check()
    expect_saved(page)
    page.get_by_label("Disagree", exact=True).check()
    page.get_by_role("button", name="Save and continue").click()

    expect(page).to_have_url(survey.url("questions/C2/"))
    assert stored(survey).answers == {"C1": 4}


def test_answer_that_the_server_does_not_name_any_more_stays_in_its_box(tab: Tab, survey: Survey) -> None:
    deputy = builders.person("deputy@example.org")
    save_answers(survey.barnet, Sending(0, {"A4": [3], "A4.details": "Health"}), person=deputy, now=timezone.now())
    page = tab()
    page.goto(survey.url("questions/this-return/"))
    page.route("**/autosave/**", lambda route: route.fulfill(json={**SAVED, "values": {"A5": "no"}}))
    page.get_by_role("radio", name="No", exact=True).first.check()

    expect(page.locator("[data-status]")).to_have_text("Saved at 12:00")
    assert "Health" in [each.input_value() for each in page.get_by_role("textbox").all()]


def test_network_that_goes_away_is_waited_for(tab: Tab, survey: Survey) -> None:
    page = tab()
    page.goto(survey.url("questions/G1/"))
    page.context.set_offline(True)
    page.get_by_role("textbox").fill("Written in a train.")
    expect(page.locator("[data-status]")).to_have_text("Not saved yet, trying again")
    assert stored(survey).version == 0
    page.get_by_role("textbox").fill("Written in a train, in a tunnel.")

    page.context.set_offline(False)
    expect_saved(page)
    assert stored(survey).texts == {"G1": "Written in a train, in a tunnel."}


def test_a_token_of_a_like_name_that_came_first_is_not_taken_for_ours(
    tab: Tab, survey: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "CSRF_COOKIE_NAME", "own-csrftoken")  # as over TLS, where ours has a prefix
    page = tab()
    page.context.add_cookies([{"name": "csrftoken", "value": "x" * 32, "url": survey.address}])
    page.goto(survey.url("questions/G1/"))
    page.get_by_role("textbox").fill("Kept all the same.")
    expect_saved(page)

    assert stored(survey).texts == {"G1": "Kept all the same."}


def test_reply_that_is_lost_makes_no_conflict(tab: Tab, survey: Survey) -> None:
    page, replies = tab(), list[int]()

    def lose_the_first(route: Route) -> None:
        answer = route.fetch()
        replies.append(answer.status)
        if len(replies) == 1:
            route.abort()
        else:
            route.fulfill(response=answer)

    page.route("**/autosave/**", lose_the_first)
    page.goto(survey.url("questions/G1/"))
    page.get_by_role("textbox").fill("One")
    expect(page.locator("[data-status]")).to_have_text("Not saved yet, trying again")
    page.get_by_role("textbox").fill("One and two")
    expect_saved(page)

    assert (replies[:2], stored(survey).texts) == ([200, 200], {"G1": "One and two"})


def test_session_that_ends_keeps_the_text_until_the_person_is_back(tab: Tab, survey: Survey) -> None:
    page = tab()
    page.goto(survey.url("questions/G1/"))
    Session.objects.all().delete()
    page.get_by_role("textbox").fill("Written after the session had ended.")
    expect(page.get_by_text("Not saved: you have been signed out.")).to_be_visible()
    expect(page.get_by_role("link", name="Sign in again in another tab")).to_have_attribute("href", "/sign-in/")

    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session_of(CHAIR), "url": survey.address}]
    )
    expect_saved(page)
    assert stored(survey).texts == {"G1": "Written after the session had ended."}


def test_text_sent_after_the_session_ended_is_put_back_after_signing_in(tab: Tab, survey: Survey) -> None:
    page = tab()
    page.goto(survey.url("questions/G1/"))
    Session.objects.all().delete()
    page.get_by_role("textbox").fill("Nearly lost.")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_label("Email address")).to_be_visible()

    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session_of(CHAIR), "url": survey.address}]
    )
    page.goto(survey.url("questions/G1/"))
    expect(page.get_by_role("textbox")).to_have_value("Nearly lost.")
    expect_saved(page)
    assert stored(survey).texts == {"G1": "Nearly lost."}


def test_signing_out_leaves_nothing_in_the_browser(tab: Tab, survey: Survey) -> None:
    page = tab()
    page.goto(survey.url("questions/G1/"))
    page.context.set_offline(True)
    page.get_by_role("textbox").fill("Secret")
    expect(page.locator("[data-status]")).to_have_text("Not saved yet, trying again")
    assert page.evaluate("sessionStorage.length") == 1
    page.context.set_offline(False)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(survey.address + "/")
    assert page.evaluate("sessionStorage.length") == 0
    page.go_back()  # no copy of the page is kept, so it is asked for anew, of somebody who is nobody now
    expect(page.get_by_label("Email address")).to_be_visible()
    expect(page.get_by_role("textbox")).not_to_have_value("Secret")


def test_two_tabs_show_the_conflict_and_settle_it(tab: Tab, survey: Survey) -> None:
    first = tab()
    second = first.context.new_page()
    for page in (first, second):
        page.goto(survey.url("questions/G1/"))
    first.get_by_role("textbox").fill("From the first tab")
    expect_saved(first)
    second.get_by_role("textbox").fill("From the second tab")

    told = second.get_by_role("alert")
    expect(told).to_contain_text("was changed by you, in another window, today at")
    expect(told).to_contain_text("Yours: From the second tab. Theirs: From the first tab.")
    assert stored(survey).texts == {"G1": "From the first tab"}
    second.get_by_role("button", name="Choose which answer stands").click()
    second.get_by_label("What you have just sent").check()
    second.get_by_role("button", name="Save the answers I have chosen").click()
    expect(second.get_by_role("heading", level=1)).not_to_have_text("Choose which answer stands")
    assert stored(survey).texts == {"G1": "From the second tab"}


def test_colleagues_answer_beside_mine_appears_and_is_not_undone(tab: Tab, survey: Survey) -> None:
    page, deputy = tab(), builders.person("deputy@example.org")
    page.goto(survey.url("questions/B1/"))
    save_answers(survey.barnet, Sending(0, {"B1.police": 4}), person=deputy, now=timezone.now())
    choose(page, "Health", "Good")
    expect(page.locator("[data-status]")).to_contain_text("somebody else has changed is shown as it is now")
    expect(page.get_by_role("group", name="Police").get_by_label("Poor", exact=True)).to_be_checked()
    page.get_by_role("button", name="Save and return to the task list").click()

    expect(page.get_by_role("heading", name="Questions")).to_be_visible()
    assert stored(survey).answers == {"B1.health": 2, "B1.police": 4}


def test_way_back_shows_what_is_saved_and_saves_on(tab: Tab, survey: Survey) -> None:
    page = tab()
    page.goto(survey.url("questions/G1/"))
    page.get_by_role("textbox").fill("First")
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_url(survey.url("questions/H1/"))
    page.go_back()
    expect(page.get_by_role("textbox")).to_have_value("First")
    page.get_by_role("textbox").fill("First and second")
    expect_saved(page)
    assert (stored(survey).texts, stored(survey).version) == ({"G1": "First and second"}, 2)


def test_text_that_may_point_to_a_person_waits_for_the_person(tab: Tab, survey: Survey) -> None:
    page = tab()
    page.goto(survey.url("questions/G1/"))
    page.get_by_role("textbox").fill("Ring jo@example.org")
    expect(page.locator("[data-status]")).to_have_text("Not saved yet. This text has what looks like an email address.")
    assert stored(survey).version == 0
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("button", name="Save it as it is").click()
    expect(page).to_have_url(survey.url("questions/H1/"))
    assert stored(survey).texts == {"G1": "Ring jo@example.org"}


def test_closing_the_tab_with_unsaved_text_is_warned_of(tab: Tab, survey: Survey) -> None:
    page, asked = tab(), list[str]()

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.goto(survey.url("questions/G1/"))
    page.context.set_offline(True)
    page.get_by_role("textbox").press_sequentially("Unsaved")
    page.on("dialog", leave)
    with page.expect_event("close"):
        page.close(run_before_unload=True)
    assert asked == ["beforeunload"]


def test_choices_that_come_and_go_are_those_of_a_reload(tab: Tab, survey: Survey) -> None:
    page = tab()
    page.goto(survey.url("questions/C1/"))
    expect(page.get_by_label("No answer")).to_have_count(0)
    page.get_by_label("Agree", exact=True).check()
    expect_saved(page)
    page.get_by_label("No answer").check()
    expect(page.locator("[data-status]")).to_have_text(re.compile("^Saved at"))
    page.wait_for_function("document.activeElement.value === ''")
    page.get_by_role("button", name="Save and continue").focus()
    expect(page.get_by_label("No answer")).to_have_count(0)
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_text("1 question on this page has no answer")).to_be_visible()
    assert stored(survey).answers == {}


@pytest.mark.parametrize("width", [320, 1280])
def test_battery_gains_what_it_has_after_a_reload(tab: Tab, survey: Survey, width: int) -> None:
    page = tab(width=width)

    def seen() -> list[list[str]]:
        rows = page.locator(".app-battery__row")
        return [rows.nth(place).locator(".app-battery__word").all_text_contents() for place in range(rows.count())]

    page.goto(survey.url("questions/B1/"))
    choose(page, "Police", "Good")
    expect_saved(page)
    deputy = builders.person("deputy@example.org")
    save_answers(survey.barnet, Sending(1, {"B1.health": -6}), person=deputy, now=timezone.now())
    choose(page, "Education", "Good")
    expect(page.get_by_role("group", name="Health").get_by_label("I do not want to answer")).to_be_checked()
    before, columns = seen(), page.locator(".app-battery__column").all_text_contents()
    page.reload()
    assert sorted(columns) == sorted(page.locator(".app-battery__column").all_text_contents())
    assert [sorted(row) for row in before] == [sorted(row) for row in seen()]


def test_refusal_of_a_text_is_offered_ticked_and_undone_by_writing(tab: Tab, survey: Survey) -> None:
    page = tab()
    page.goto(survey.url("questions/G1/"))
    box = page.get_by_label("I do not want to answer")
    expect(box).to_be_hidden()
    page.get_by_role("button", name="Save and continue").click()
    box.check()
    expect_saved(page)
    assert stored(survey).answers == {"G1": -6}
    page.get_by_role("textbox").fill("After all, this.")
    expect(box).not_to_be_checked()
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_url(survey.url("questions/H1/"))
    assert (stored(survey).answers, stored(survey).texts) == ({}, {"G1": "After all, this."})


def test_page_from_the_browsers_memory_is_brought_up_to_date(tab: Tab, survey: Survey) -> None:
    page, deputy = tab(), builders.person("deputy@example.org")
    page.goto(survey.url("questions/C1/"))
    save_answers(survey.barnet, Sending(0, {"C1": 4}), person=deputy, now=timezone.now())
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")

    expect(page.get_by_label("Disagree", exact=True)).to_be_checked()
    expect(page.locator("[name=base-version]")).to_have_value("1")
    page.get_by_label("Agree", exact=True).check()
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_url(survey.url("questions/C2/"))
    assert stored(survey).answers == {"C1": 2}


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_page_from_the_browsers_memory_never_overwrites_in_silence(tab: Tab, survey: Survey, *, scripts: bool) -> None:
    page, deputy = tab(scripts=scripts), builders.person("deputy@example.org")
    page.goto(survey.url("questions/C1/"))
    page.route("**/autosave/**", lambda route: route.abort())  # what refreshes the page comes too late
    page.get_by_label("Agree", exact=True).check()
    save_answers(survey.barnet, Sending(0, {"C1": 4}), person=deputy, now=timezone.now())
    if scripts:
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    page.get_by_role("button", name="Save and continue").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Choose which answer stands")
    assert stored(survey).answers == {"C1": 4}
