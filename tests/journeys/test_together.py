"""A chair and colleagues on one return: asked, answered, commented, handed back, signed, passed on."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from respondents.returns.saving import Sending, Settlement, save_answers
from respondents.together.models import Comment, Contribution
from respondents.together.sections import write_comment
from respondents.together.signing import ask_for_signature
from survey.models import Wave
from survey.schema.answers import Value
from tests import builders
from tests.journeys.conftest import DESK, PHONE
from tests.respondents.together.conftest import Team

pytestmark = pytest.mark.journey

OpenTab = Callable[..., Page]
LONG = "Ann-Katherine-Alexandra van-der-Hoogenbergh-Featherstonehaugh"


@pytest.fixture
def team(live_server: LiveServer) -> Team:
    """The chair of Barnet, and Ann, asked for sections B and G, on a wave that asks for a signature."""
    cache.clear()
    now = timezone.now()
    boards = builders.two_boards()
    wave = builders.wave(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=3))
    Wave.objects.update(needs_signature=True)
    wave.refresh_from_db()
    people = {"chair": builders.chair(boards[0])}
    returns = [builders.return_of(board.slug, in_wave=wave) for board in boards]
    found = Team(wave, returns[0], returns[1], people)
    found.invite("ann", "B", "G")
    return found


@pytest.fixture
def tab(browser: Browser, live_server: LiveServer) -> Iterator[OpenTab]:
    """Opens tabs of fresh browsers as `tab(person, width=…, scripts=…)`; they are closed at the end."""
    contexts: list[BrowserContext] = []

    def open_tab(person: User, *, width: int = DESK, scripts: bool = True) -> Page:
        client = Client()
        client.force_login(person)
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


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def invite_bob(chair: Page, team: Team) -> None:
    chair.goto(team.url())
    chair.get_by_role("link", name="People on this return").click()
    chair.get_by_role("button", name="Invite a colleague").click()
    chair.get_by_role("button", name="Send the invitation").click()
    expect(chair.get_by_role("link", name="Enter the person’s email address")).to_be_visible()
    chair.get_by_label("Full name").fill("Bob Lee")
    chair.get_by_label("Email address").fill("bob@example.org")
    chair.get_by_label("Barriers and challenges").check()
    chair.get_by_role("button", name="Send the invitation").click()
    heading(chair, "People on this return")
    expect(chair.get_by_role("heading", name="Bob Lee")).to_be_visible()


def answer_and_hand_back(bob: Page) -> None:
    bob.goto("/returns/")
    bob.get_by_role("link", name="Barnet Local Safeguarding Children Board").click()
    expect(bob.locator(".govuk-task-list__item")).to_have_count(1)
    bob.get_by_role("link", name="Barriers and challenges", exact=True).click()
    bob.get_by_role("textbox").first.fill("Money and time")
    bob.get_by_role("button", name="Save and return to the task list").click()
    bob.get_by_role("link", name="Comment or mark as ready on Barriers and challenges").click()
    bob.get_by_label("Your comment").fill("Have a look at this")
    bob.get_by_role("button", name="Add the comment").click()
    expect(bob.get_by_text("Have a look at this")).to_be_visible()
    bob.get_by_role("button", name="Mark this section as ready").click()
    expect(bob.locator(".govuk-task-list__status")).to_have_text("Ready")


def read_what_came_back(chair: Page, team: Team) -> None:
    chair.goto(team.url())
    expect(chair.get_by_text("Asked: Ann, Bob Lee")).to_be_visible()
    chair.get_by_role("link", name="1 comment on Barriers and challenges").click()
    expect(chair.get_by_text("Have a look at this")).to_be_visible()
    expect(chair.get_by_text("Marked as ready by Bob Lee today at")).to_be_visible()
    chair.get_by_label("Police").check()
    chair.get_by_role("button", name="Save who was consulted").click()
    expect(chair.get_by_text("Police. Recorded by you today at")).to_be_visible()
    chair.get_by_role("link", name="See who wrote what").click()
    expect(chair.get_by_text("Money and time")).to_be_visible()
    expect(chair.get_by_text("Bob Lee, today at")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_colleague_is_invited_answers_comments_hands_back_and_is_removed(
    tab: OpenTab, team: Team, width: int, *, scripts: bool
) -> None:
    chair = tab(team.people["chair"], width=width, scripts=scripts)
    invite_bob(chair, team)
    bob = tab(builders.person("bob@example.org"), width=width, scripts=scripts)
    answer_and_hand_back(bob)
    read_what_came_back(chair, team)

    chair.goto(team.url("people/"))
    chair.get_by_role("button", name="Remove Bob Lee").click()
    expect(chair.get_by_text("Ended by you today at")).to_be_visible()
    bob.get_by_role("link", name="Who wrote what").click()

    heading(bob, "Page not found")
    assert (Comment.objects.count(), team.stored().texts) == (1, {"G1": "Money and time"})


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_return_is_sent_for_signature_sent_back_changed_and_signed(
    tab: OpenTab, team: Team, width: int, *, scripts: bool
) -> None:
    team.answer(C1=1)
    chair = tab(team.people["chair"], width=width, scripts=scripts)
    send_for_signature(chair, team)
    expect(chair.get_by_text("Waiting for signature")).to_be_visible()

    signer = tab(builders.person("director@example.org"), width=width, scripts=scripts)
    signer.goto(team.url())
    signer.get_by_role("link", name="Read and sign the answers").click()
    signer.get_by_role("link", name="Send it back unsigned, with a reason").click()
    signer.get_by_label("Reason").fill("Please look at the first statement again")
    signer.get_by_role("button", name="Send back to the chair").click()

    chair.reload()
    expect(chair.get_by_text("Please look at the first statement again")).to_be_visible()
    team.answer(C1=2)
    send_for_signature(chair, team)

    signer.goto(team.url("check/"))
    signer.get_by_role("button", name="Sign and submit the return").click()
    heading(signer, "Return received")
    made = team.barnet.submissions.get()
    assert (made.version, made.answers["C1"], made.submitted_by_id) == (
        2,
        2,
        builders.person("director@example.org").pk,
    )


def send_for_signature(page: Page, team: Team) -> None:
    page.goto(team.url("check/"))
    page.get_by_role("button", name="Send for signature").click()
    page.get_by_label("Full name").fill("Dee Rector")
    page.get_by_label("Email address").fill("director@example.org")
    page.get_by_role("button", name="Send for signature").click()


def test_chair_takes_the_return_back_while_the_signer_reads_it(tab: OpenTab, team: Team) -> None:
    team.answer(C1=1)
    team.ask_to_sign()
    signer, chair = tab(team.people["signer"]), tab(team.people["chair"])
    signer.goto(team.url("check/"))

    chair.goto(team.url())
    chair.get_by_role("button", name="Take it back").click()
    expect(chair.get_by_text("In progress").first).to_be_visible()

    signer.get_by_role("button", name="Sign and submit the return").click()
    heading(signer, "This return is not waiting for a signature")
    assert not team.barnet.submissions.exists()


def test_outgoing_chair_passes_the_return_on(tab: OpenTab, team: Team) -> None:
    team.answer(C1=1)
    page = tab(team.people["chair"])
    page.goto(team.url("people/"))
    page.get_by_role("link", name="Pass the return on to the next chair").click()
    page.get_by_label("Full name").fill("Nia New")
    page.get_by_label("Email address").fill("nia@example.org")
    page.get_by_label("Reason").fill("I retire")
    page.get_by_role("button", name="Pass on the return").click()
    heading(page, "Your boards")
    expect(page.get_by_role("link", name="Barnet")).to_have_count(0)

    new = tab(builders.person("nia@example.org"))
    new.goto(team.url())
    expect(new.get_by_text("1 of 15 answered").or_(new.get_by_text("1 of 11 answered"))).to_be_visible()


PAGES = {
    "tasks": "",
    "people": "people/",
    "invite": "people/invite/",
    "section": "sections/B/",
    "who wrote what": "who-wrote-what/",
    "succession": "succession/",
    "check": "check/",
    "signature": "signature/?checked=4",
}
SIGNERS_PAGES = {"tasks": "", "check": "check/", "send back": "signature/send-back/", "section": "sections/G/"}


@pytest.fixture
def busy(team: Team) -> Team:
    """A return with long names, comments, a settled conflict and a signature that is waited for."""
    now, chair = timezone.now(), team.people["chair"]
    User.objects.filter(email="ann@example.org").update(name=LONG)
    first: dict[str, Value] = {"B1.health": 1, "G1": "Unbroken" * 40}
    team.answer("ann", **first)
    team.answer(G1="Ours")
    settled = Settlement(set_aside={"G1": "What was given up " * 20})
    save_answers(team.stored(), Sending(1, {"C1": 1}, settled=settled), person=chair, now=now)
    team.answer(C1=2)
    for text in ("First line\n\nSecond line", "word" * 60):
        write_comment(team.barnet, section="B", text=text, by=Contribution.objects.get().person, now=now)
    team.post("ann", "sections/B/ready/")
    found = team.stored()
    ask_for_signature(found, email="signer@example.org", name="Sig Ner", version=found.version, by=chair, now=now)
    team.people["signer"] = builders.person("signer@example.org")
    return team


def test_no_page_keeps_anybody_out_or_scrolls_sideways(
    tab: OpenTab, busy: Team, obstacles: Callable[[Page], str]
) -> None:
    found = {}
    for who, pages in (("chair", PAGES), ("signer", SIGNERS_PAGES), ("ann", {"tasks": "", "section": "sections/B/"})):
        page = tab(busy.people[who])
        for name, path in pages.items():
            assert page.goto(busy.url(path)).status == 200  # type: ignore[union-attr]
            page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
            found[f"{name} of {who}"] = obstacles(page)

    assert found == dict.fromkeys(found, "")


def test_forms_that_come_back_keep_nobody_out(tab: OpenTab, busy: Team, obstacles: Callable[[Page], str]) -> None:
    page, found = tab(busy.people["chair"]), []
    forms = (
        ("people/invite/", "Send the invitation"),
        ("succession/", "Pass on the return"),
        ("signature/?checked=4", "Send for signature"),
        ("sections/B/", "Add the comment"),
    )
    for path, button in forms:
        page.goto(busy.url(path))
        page.get_by_role("button", name=button).click()
        expect(page.get_by_text("There is a problem")).to_be_visible()
        found.append((page.title().startswith("Error: "), obstacles(page)))

    assert found == [(True, "")] * len(forms)


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_everything_to_press_is_large_enough_for_a_thumb(tab: OpenTab, busy: Team, width: int) -> None:
    page, small = tab(busy.people["chair"], width=width), []
    script = """all => all.filter(each => each.type !== 'hidden' && !each.closest('p, label, ul.govuk-list'))
        .map(each => [each.outerHTML.slice(0, 80), each.getBoundingClientRect()])
        .filter(([, box]) => box.width && (box.width < 24 || box.height < 24)).map(([html]) => html)"""
    for path in PAGES.values():
        page.goto(busy.url(path))
        small += page.locator("main a, main button, main input, main summary").evaluate_all(script)

    assert small == []


def test_comments_and_people_are_named_in_the_accessibility_tree(tab: OpenTab, busy: Team) -> None:
    page = tab(busy.people["chair"])
    page.goto(busy.url("people/"))
    expect(page.get_by_role("region", name=LONG)).to_be_visible()
    expect(page.get_by_role("link", name=f"Change the sections of {LONG}")).to_be_visible()
    expect(page.get_by_role("button", name=f"Remove {LONG}")).to_be_visible()
    page.goto(busy.url("sections/B/"))
    expect(page.get_by_role("region", name="Comments")).to_contain_text("Second line")
    expect(page.get_by_role("group", name="Who was consulted on this section?")).to_be_visible()
