"""The pages of the contacts: who sees them, what they cost, and that every mistake is named beside the field."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEntry, Role, User
from accounts.outbox.models import Message, MessageKind, MessageState
from respondents.contacts.mailing import run_mailing
from respondents.contacts.models import ContactEntry, Mailing, OutcomeDecision, Stop, TemplateVersion
from respondents.contacts.planning import plan_default
from respondents.contacts.standard import STANDARD
from respondents.fieldwork.inviting import invite_chairs
from respondents.returns.models import Return
from respondents.returns.saving import Sending, save_answers
from respondents.returns.submitting import submit_return
from respondents.together.inviting import invite
from survey.models import Wave
from tests.builders import chair, person, return_of, sign_in, two_boards, wave, whole_register
from tests.post import carry_post

pytestmark = pytest.mark.django_db
BASE = "/waves/munro-2012/contacts/"


@pytest.fixture
def jo() -> User:
    return person("jo@example.org", role=Role.RESEARCHER)


@pytest.fixture
def client(jo: User) -> Client:
    return sign_in(Client(), jo)


@pytest.fixture
def barnet() -> Return:
    """Of two boards with chairs who were invited, in a wave with a plan."""
    for board in two_boards():
        chair(board, email=f"{board.slug}@example.org")
    now = timezone.now()
    opened = wave(opens_at=now - timedelta(days=3), closes_at=now + timedelta(days=40))
    invite_chairs(opened, now=now)
    return return_of("barnet", in_wave=opened)


def text_of(client: Client, path: str) -> str:
    answer = client.get(BASE + path)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def paths_of(found: Return, jo: User) -> list[str]:
    plan_default(found.wave, by=jo, now=timezone.now())
    mailing, message = Mailing.objects.earliest("due_at"), Message.objects.earliest("created_at")
    return [
        *("", "messages/", "templates/", "plan/", "stops/", "settings/", "templates/invitation/", "plan/new/"),
        *(f"{found.pk}/", f"{found.pk}/entry/", f"{found.pk}/outcome/", "templates/invitation/preview/"),
        *(f"plan/{mailing.pk}/", f"plan/{mailing.pk}/move/", f"messages/{message.pk}/"),
    ]


@pytest.mark.once
def test_every_page_opens_for_a_researcher_at_few_queries_and_changes_nothing(
    client: Client, barnet: Return, jo: User
) -> None:
    for path in paths_of(barnet, jo):
        before = (Message.objects.count(), AuditEntry.objects.count(), TemplateVersion.objects.count())
        with CaptureQueriesContext(connection) as queries:
            assert client.get(BASE + path).status_code == 200, path
        assert len(queries) <= 20, (path, len(queries))
        assert (Message.objects.count(), AuditEntry.objects.count(), TemplateVersion.objects.count()) == before


@pytest.mark.once
def test_pages_of_148_boards_cost_no_more(client: Client) -> None:
    whole_register()
    wave()
    for path in ("", "messages/", "plan/"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(BASE + path).status_code == 200
        assert len(queries) <= 20, (path, len(queries))


@pytest.mark.once
@pytest.mark.parametrize("role", [Role.ANALYST, Role.RESPONDENT])
def test_nobody_else_sees_them(barnet: Return, jo: User, role: Role) -> None:
    stranger = sign_in(Client(), person("x@example.org", role=role))
    assert {stranger.get(BASE + path).status_code for path in paths_of(barnet, jo)} == {404}


@pytest.mark.once
def test_an_administrator_reads_and_is_offered_nothing_to_do(barnet: Return, jo: User) -> None:
    administrator = sign_in(Client(), person("a@example.org", role=Role.ADMINISTRATOR))
    [mailing, *_] = [path for path in paths_of(barnet, jo) if re.fullmatch(r"plan/[0-9a-f-]{36}/", path)]
    for path in ("", "messages/", "plan/", f"{barnet.pk}/", mailing):
        assert 'method="post"' not in text_of(administrator, path).split("<main")[1]
    assert administrator.post(f"{BASE}{mailing}send/").status_code == 404
    offered = set(
        re.findall(rf'href="({BASE}[^"]*)"', text_of(administrator, "") + text_of(administrator, "templates/"))
    )
    assert {administrator.get(address).status_code for address in offered} == {200}


def test_a_contact_is_noted_once_and_comes_back_on_its_day(client: Client, barnet: Return) -> None:
    day = timezone.localdate()
    sent = {"key": str(uuid4()), "kind": "call", "came_of_it": "promise", "note": "By Friday.", "follow_up": str(day)}
    held = client.post(f"{BASE}{barnet.pk}/entry/", {**sent, "note": "Ask jo@example.org."}).content.decode()
    assert "<title>Look at a text before it is sent: Add to the contact log, " in held
    for _ in range(2):
        assert client.post(f"{BASE}{barnet.pk}/entry/", sent).status_code == 303

    assert ContactEntry.objects.count() == 1
    assert "Promised to answer. By Friday." in text_of(client, "")
    assert "Telephone call: Promised to answer" in text_of(client, f"{barnet.pk}/")
    client.post(f"{BASE}{barnet.pk}/entry/", {"key": str(uuid4()), "kind": "email", "came_of_it": "spoke"})
    assert "By Friday." not in text_of(client, "")
    assert AuditEntry.objects.filter(act="contact.noted").count() == 2


@pytest.mark.once
@pytest.mark.parametrize(("sent", "sentence"), [
    ({}, "Choose how you were in touch"), ({"follow_up": "2012-01-01"}, "Choose today or a later day"),
    ({"follow_up": "tomorrow"}, "Enter a day such as"), ({"note": "a\0b"}, "character that cannot be stored"),
])  # fmt: skip
def test_a_mistake_in_an_entry_is_named(client: Client, barnet: Return, sent: dict[str, str], sentence: str) -> None:
    answer = client.post(f"{BASE}{barnet.pk}/entry/", {"key": str(uuid4()), **sent})
    assert sentence in answer.content.decode()
    assert not ContactEntry.objects.exists()


def test_an_outcome_is_decided_with_a_reason_and_shown_with_what_was_derived(client: Client, barnet: Return) -> None:
    address = f"{BASE}{barnet.pk}/outcome/"
    assert "Say why" in client.post(address, {"disposition": "refusal", "reason": ""}).content.decode()
    assert not OutcomeDecision.objects.exists()
    assert client.post(address, {"disposition": "not_eligible", "reason": "Merged <b>"}).status_code == 303

    page = text_of(client, f"{barnet.pk}/")
    assert "Outcome: Not eligible" in page
    assert "Merged &lt;b&gt;" in page
    assert "From the data: Nobody on the return has signed in" in page


def test_words_are_changed_previewed_and_tried_on_oneself(client: Client, barnet: Return, jo: User) -> None:
    key, text = str(uuid4()), "{{greeting}}, hello {{board}}.\r\n\r\n{{link}}"
    sent = {"key": key, "subject": "Hello {{board}}", "text": text}
    assert client.post(f"{BASE}templates/invitation/", sent).status_code == 303
    page = text_of(client, f"templates/invitation/preview/?board={barnet.pk}")
    assert "<p>Dear Barnet, hello Barnet Local Safeguarding Children Board.</p>" in page
    assert TemplateVersion.objects.get().written_by == jo

    for _ in range(2):
        client.post(f"{BASE}templates/invitation/test/", {"key": key, "send": "send"})
    test = carry_post()[-1]
    assert (test.to, test.subject) == ([jo.email], "Test: Hello Barnet Local Safeguarding Children Board")
    assert Message.objects.filter(kind="test").count() == 1


@pytest.mark.once
@pytest.mark.parametrize(("subject", "text", "sentence"), [
    ("x\nBcc: all@example.org", "{{link}}", "The subject must be one line"),
    ("x", "{{link}} {{chiar}}", "There is no variable {{chiar}}."), ("x", "{{link}}{% now %}", "order to a program"),
    ("x", "no way", "The text must say {{link}}"), ("x", "{{link}}\0", "cannot be sent"),
])  # fmt: skip
def test_words_that_cannot_be_used_are_refused(
    client: Client, barnet: Return, subject: str, text: str, sentence: str
) -> None:
    sent = {"key": str(uuid4()), "subject": subject, "text": text}
    answer = client.post(f"{BASE}templates/invitation/", sent)
    assert (answer.status_code, sentence in answer.content.decode()) == (200, True)
    assert not TemplateVersion.objects.exists()


def test_the_same_words_are_no_new_version(client: Client, barnet: Return) -> None:
    standard = next(each for kind, each in STANDARD.items() if kind == "thanks")
    sent = {"key": str(uuid4()), "subject": standard.subject, "text": standard.text.replace("\n", "\r\n")}
    assert client.post(f"{BASE}templates/thanks/", sent).status_code == 303
    assert not TemplateVersion.objects.exists()


def test_the_plan_is_made_looked_at_and_sent_now(client: Client, barnet: Return) -> None:
    Stop.objects.create(email="barnet@example.org", reason="Asked us.", by=person("x@example.org"), at=timezone.now())
    assert client.post(f"{BASE}plan/usual/").status_code == 303
    planned = Mailing.objects.count()
    mailing = Mailing.objects.earliest("due_at")
    page = text_of(client, f"plan/{mailing.pk}/")
    assert "If it went now: 1 message to 1 board" in page
    assert "<dt>Is on the stop list</dt><dd>1</dd>" in page
    assert "Send it now to 1 board" in page

    assert client.post(f"{BASE}plan/{mailing.pk}/send/").status_code == 303
    assert run_mailing(mailing.pk) is False
    assert client.post(f"{BASE}plan/{mailing.pk}/cancel/").status_code == 409
    assert (planned, Message.objects.filter(kind="reminder").count()) == (5, 1)
    assert "1 message queued, 1 left out" in text_of(client, "plan/")


@pytest.mark.once
def test_a_time_the_clocks_skip_is_refused_for_a_mailing(client: Client, barnet: Return) -> None:
    answer = client.post(f"{BASE}plan/new/", {"kind": "reminder", "due_at": "2030-03-31T01:30"})
    assert "the clocks go forward" in answer.content.decode()


def test_a_stop_is_for_an_address_or_a_board_and_can_be_lifted(client: Client, barnet: Return) -> None:
    def add(**sent: object) -> str:
        return client.post(f"{BASE}stops/", {"reason": "Asked us.", **sent}).content.decode()

    assert "one of the two" in add()
    assert "is not an email address" in add(email="nobody")
    assert barnet.board
    assert add(board=barnet.board.pk) == ""
    assert "on the stop list already" in add(board=barnet.board.pk)
    client.post(f"{BASE}stops/{Stop.objects.get().pk}/lift/")
    assert not Stop.objects.in_force().exists()
    assert set(AuditEntry.objects.values_list("act", flat=True)) >= {"stop.added", "stop.lifted"}


def test_a_message_that_came_back_is_found_and_tried_again(client: Client, barnet: Return) -> None:
    Message.objects.filter(recipient="barnet@example.org").update(
        state=MessageState.BOUNCED, bounced_at=timezone.now(), last_error="5.1.1 no such user"
    )
    page = text_of(client, "messages/?fate=bounced&kind=invitation&board=barnet")
    assert "1 message" in page
    message = Message.objects.get(recipient="barnet@example.org")
    assert "5.1.1 no such user" in text_of(client, f"messages/{message.pk}/")

    assert client.post(f"{BASE}messages/{message.pk}/again/").status_code == 303
    assert client.post(f"{BASE}messages/{message.pk}/again/").status_code == 409
    message.refresh_from_db()
    assert message.state == MessageState.QUEUED


def test_receipts_and_what_colleagues_are_sent_stand_among_the_messages_of_the_wave(
    client: Client, barnet: Return
) -> None:
    ann = User.objects.get(email="barnet@example.org")
    save_answers(barnet, Sending(0, {"C1": 1}), person=ann, now=timezone.now())
    submit_return(barnet, person=ann, version=1, now=timezone.now())
    invite(barnet, email="helper@example.org", name="Helper", sections=("B",), by=ann, now=timezone.now())

    receipt, asked = (Message.objects.get(kind=kind) for kind in ("receipt", "colleague"))
    listed = text_of(client, "messages/")
    receipt_page, asked_page = (text_of(client, f"messages/{each.pk}/") for each in (receipt, asked))

    assert "Receipt" in listed
    assert "Message to a colleague" in listed
    assert "Return received" in receipt_page
    assert "shown to them alone" in asked_page
    assert "answer part of the return" not in asked_page


@pytest.mark.once
def test_settings_that_contradict_each_other_are_refused(client: Client, barnet: Return) -> None:
    answer = client.post(f"{BASE}settings/", {"partial_from": 90, "complete_above": 80})
    assert "It must be 90 or more" in answer.content.decode()
    assert client.post(f"{BASE}settings/", {"partial_from": 40, "complete_above": 70}).status_code == 303
    assert not Wave.objects.get().contact_settings.sends_digest


@pytest.mark.once
def test_pages_say_plainly_that_the_post_does_not_go(client: Client, barnet: Return) -> None:
    assert "has not gone" not in text_of(client, "")
    Message.objects.create(
        key="code",
        kind=MessageKind.RECEIPT,
        recipient="x@example.org",
        created_at=timezone.now() - timedelta(minutes=6),
    )
    assert "The post has not gone since" in text_of(client, "")
