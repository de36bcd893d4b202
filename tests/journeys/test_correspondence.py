"""After sending: a message, a query, a return reopened, and how it went, on both sides and without scripts."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from respondents.correspondence.models import Feedback, QueryStep
from respondents.correspondence.querying import answer_query
from respondents.correspondence.reopening import ask_to_reopen
from respondents.correspondence.writing import write_to_board, write_to_team
from respondents.returns.models import Submission
from respondents.returns.submitting import submit_return
from tests import builders
from tests.respondents.correspondence.conftest import Correspondents
from tests.respondents.together.conftest import Team

pytestmark = pytest.mark.journey

OpenTab = Callable[..., Page]
LONG = "https://example.org/" + "a-very-long-word" * 8


@pytest.fixture
def talk(live_server: LiveServer) -> Correspondents:
    """Barnet has submitted; the wave is open."""
    cache.clear()
    now = timezone.now()
    barnet, derby = builders.two_boards()
    wave = builders.wave(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=3))
    people = {"chair": builders.chair(barnet)}
    returns = [builders.return_of(board.slug, in_wave=wave) for board in (barnet, derby)]
    found = Correspondents(Team(wave, returns[0], returns[1], people))
    version = found.team.answer(C1=1)
    submit_return(found.team.stored(), person=people["chair"], version=version, now=now)
    return found


@pytest.fixture
def tab(browser: Browser, live_server: LiveServer) -> Iterator[OpenTab]:
    """Opens tabs of fresh browsers as `tab(person, width=…, scripts=…)`; they are closed at the end."""
    contexts: list[BrowserContext] = []

    def open_tab(person: User, *, width: int = 1280, scripts: bool = False) -> Page:
        client = Client()
        builders.sign_in(client, person)
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 800},
            java_script_enabled=scripts,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        context.set_default_timeout(10_000)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        contexts.append(context)
        return context.new_page()

    yield open_tab
    for context in contexts:
        context.close()


def everything_said(talk: Correspondents) -> int:
    """Messages, queries in every state and a wish; gives the number of the query that waits."""
    team, now = talk.team, timezone.now()
    write_to_team(team.barnet, text=f"Is this right?\n{LONG}", key=uuid4(), by=team.people["chair"], now=now)
    write_to_board(team.barnet, text="Yes.", key=uuid4(), by=team.people["researcher"], now=now)
    answer_query(talk.query(item="G1"), text="So it is.", key=uuid4(), by=team.people["chair"], now=now)
    query = talk.query(text=LONG)
    talk.close_wave()
    talk.reopen("C")
    ask_to_reopen(team.barnet, sections=["G"], reason="More to say", by=team.people["chair"], now=timezone.now())
    return query.pk


def test_pages_keep_nobody_out_and_do_not_scroll_sideways(
    talk: Correspondents, tab: OpenTab, obstacles: Callable[[Page], str]
) -> None:
    query, team = everything_said(talk), talk.team
    board = ["", "messages/", f"queries/{query}/", "reopening/", "questions/C1/", "submissions/1/"]
    asked = f"reopen/{talk.ask('G').pk}/"
    staff = ["", "queries/new/", f"queries/{query}/", "reopen/", asked, f"{asked}end/", "decline/"]
    walks = {
        "chair": [team.url(rest) for rest in [*board, "submissions/1/how-it-went/"]],
        "researcher": ["/waves/munro-2012/messages/", *(talk.url(rest) for rest in staff)],
        "second": [talk.url(), talk.url(asked)],
    }
    for who, addresses in walks.items():
        page = tab(team.people[who], scripts=True)
        for address in addresses:
            page.goto(address)
            assert obstacles(page) == "", address


@pytest.mark.parametrize("scripts", [False, True], ids=["no scripts", "scripts"])
def test_a_board_and_the_survey_team_write_to_each_other(talk: Correspondents, tab: OpenTab, *, scripts: bool) -> None:
    chair = tab(talk.team.people["chair"], width=320, scripts=scripts)
    chair.goto(talk.team.url())
    chair.get_by_role("link", name="Messages with the survey team").click()
    chair.get_by_label("Your message").fill("May we add a page?\nThe police ask.")
    chair.get_by_role("button", name="Send the message").click()
    expect(chair.get_by_text("May we add a page?")).to_be_visible()

    researcher = tab(talk.team.people["researcher"], scripts=scripts)
    researcher.goto("/waves/munro-2012/")
    researcher.get_by_role("link", name="Messages").click()
    expect(researcher.get_by_text("1 board waits for you.")).to_be_visible()
    researcher.get_by_role("link", name="Barnet").click()
    researcher.get_by_label("Your message").fill("Write it into the last box.")
    researcher.get_by_role("button", name="Send the message").click()

    chair.reload()
    expect(chair.get_by_text("Researcher, survey team")).to_be_visible()
    expect(chair.get_by_text("Write it into the last box.")).to_be_visible()


def test_a_query_is_answered_by_changing_the_answer(talk: Correspondents, tab: OpenTab) -> None:
    researcher, chair = tab(talk.team.people["researcher"]), tab(talk.team.people["chair"], width=320)
    researcher.goto(talk.url())
    researcher.get_by_role("link", name="Ask about an answer").click()
    researcher.get_by_label("Which answer do you ask about?").select_option("C1")
    researcher.get_by_label("Your query").fill("Is that so?")
    researcher.get_by_role("button", name="Put the query").click()

    chair.goto(talk.team.url())
    chair.get_by_role("link", name="Query about").click()
    expect(chair.get_by_text("Waiting for an answer")).to_be_visible()
    chair.get_by_role("link", name="Go to the question and change the answer").click()
    expect(chair.get_by_text("The survey team asks about this")).to_be_visible()
    chair.get_by_label("Disagree", exact=True).check()
    chair.get_by_role("button", name="Save and return to the task list").click()
    chair.get_by_role("link", name="Query about").click()
    expect(chair.get_by_text("Your answer, changed since")).to_be_visible()
    chair.get_by_role("button", name="Answer the query").click()
    expect(chair.get_by_text("Answered", exact=True)).to_be_visible()

    researcher.reload()
    researcher.get_by_role("definition").filter(has_text="Answered").locator("..").get_by_role("link").click()
    researcher.get_by_role("button", name="Close the query").click()
    assert QueryStep.objects.count() == 2


def two_researchers_reopen(talk: Correspondents, researcher: Page, second: Page) -> None:
    researcher.goto(talk.url())
    researcher.get_by_role("link", name="Ask another researcher to approve it").click()
    researcher.get_by_label("All sections").check()
    researcher.get_by_label("Reason").fill("You misread C1")
    researcher.get_by_role("button", name="Ask for approval").click()
    expect(researcher.get_by_role("heading", name="A reopening waits for approval")).to_be_visible()

    second.goto(talk.url())
    second.get_by_role("link", name="Approve or refuse it").click()
    second.get_by_role("button", name="Approve").click()
    expect(second.get_by_text("Reopened until")).to_be_visible()


def test_a_closed_return_is_reopened_and_submitted_again(talk: Correspondents, tab: OpenTab) -> None:
    talk.close_wave()
    researcher, chair = tab(talk.team.people["researcher"]), tab(talk.team.people["chair"], width=320)
    chair.goto(talk.team.url())
    chair.get_by_role("link", name="Ask for this return to be reopened").click()
    chair.get_by_role("button", name="Ask the survey team").click()
    expect(chair.get_by_role("alert")).to_contain_text("Say why the return should be reopened")
    chair.get_by_label("All sections").check()
    chair.get_by_label("What has to be put right, and why?").fill("We misread C1")
    chair.get_by_role("button", name="Ask the survey team").click()
    expect(chair.get_by_text("The survey team has not decided yet.")).to_be_visible()

    two_researchers_reopen(talk, researcher, tab(talk.second()))

    chair.goto(talk.team.url())
    expect(chair.get_by_text("Reopened until")).to_be_visible()
    chair.goto(talk.team.url("questions/C1/"))
    chair.get_by_label("Disagree", exact=True).check()
    chair.get_by_role("button", name="Save and return to the task list").click()
    chair.get_by_role("button", name="Check your answers and submit").click()
    chair.get_by_role("button", name="Submit the return").click()
    expect(chair.get_by_role("heading", level=1)).to_have_text("Return received")
    assert Submission.objects.counting().get().number == 2


def test_how_it_went_is_told_once_on_the_receipt(talk: Correspondents, tab: OpenTab) -> None:
    chair = tab(talk.team.people["chair"], width=320)
    chair.goto(talk.team.url("submissions/1/"))
    chair.get_by_label("Satisfied", exact=True).check()
    chair.get_by_label("How many minutes").fill("an hour")
    chair.get_by_role("button", name="Send what you think").click()
    chair.get_by_role("link", name="Enter a whole number of minutes, such as 90").click()
    chair.get_by_label("How many minutes").fill("60")
    chair.get_by_role("button", name="Send what you think").click()

    expect(chair.get_by_role("heading", level=1)).to_have_text("Return received")
    expect(chair.get_by_text("How did it go?")).to_have_count(0)
    assert Feedback.objects.values_list("satisfaction", "minutes").get() == (2, 60)
