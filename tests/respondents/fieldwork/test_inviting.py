"""Invitations: each chair once, with a link that signs nobody in and changes nothing."""

import html
import io
import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.outbox.models import Message
from respondents.contacts.noting import decide_outcome
from respondents.fieldwork.facts import ESTIMATE, facts_of
from respondents.fieldwork.inviting import invitation_url, invite_chairs, invited_by
from respondents.register.models import Appointment, Board
from respondents.returns.models import Return, Submission
from respondents.returns.submitting import new_reference
from survey.models import Wave
from tests import builders
from tests.builders import NOW
from tests.post import carry_post, code_in_the_post
from tests.races import at_once

pytestmark = pytest.mark.django_db
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")


@pytest.fixture
def invited() -> tuple[Return, User]:
    boards = builders.two_boards()
    now = timezone.now()
    wave = builders.wave(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1))
    return builders.return_of("derby-and-derbyshire", in_wave=wave), builders.chair(*boards)


def path_of(invited: tuple[Return, User]) -> str:
    return invitation_url(*invited).removeprefix("http://testserver")


def everything_stored() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def invite(*arguments: str) -> str:
    out = io.StringIO()
    call_command("invite", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("method", METHODS)
def test_link_opened_by_a_scanner_changes_nothing_and_signs_nobody_in(
    invited: tuple[Return, User], method: str
) -> None:
    scanner, before = Client(enforce_csrf_checks=True), everything_stored()

    answers = [scanner.generic(method, path_of(invited), b"email=chair%40example.org") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert (everything_stored(), dict(scanner.cookies)) == (before, {})


def test_scanner_that_follows_the_way_and_sends_its_forms_has_a_code_sent_and_gets_no_further(
    invited: tuple[Return, User],
) -> None:
    scanner, before = Client(), everything_stored()
    page = scanner.get(path_of(invited)).content.decode()
    links = [html.unescape(each) for each in re.findall(r'href="(/[^"]*)"', page) if "/static/" not in each]
    for path in links:
        scanner.get(path)
    start = next(each for each in links if each.startswith("/sign-in/?"))
    sent = scanner.post(start, {"email": invited[1].email})
    scanner.post(sent["Location"], {"code": "BCDF-GHJK"})

    assert scanner.get("/returns/").status_code == 302
    changed = {name for name, count in everything_stored().items() if count != before[name]}
    assert changed == {"accounts.SignInCode", "accounts.Message", "accounts.Session"}
    assert Return.objects.get(pk=invited[0].pk).version == 0


@pytest.mark.once
def test_link_that_was_forwarded_or_whose_chair_has_left_opens_no_return(invited: tuple[Return, User]) -> None:
    found, chair = invited
    builders.person("friend@example.org")

    def comes_by_the_link(email: str) -> int:
        client = Client()
        [start] = re.findall(r'href="(/sign-in/[^"]+)"', client.get(path_of(invited)).content.decode())
        asked = client.post(html.unescape(start), {"email": email})
        client.post(asked["Location"], {"code": code_in_the_post()})
        assert "_auth_user_id" in client.session
        return client.get(f"/returns/{found.pk}/").status_code

    assert [comes_by_the_link("friend@example.org"), comes_by_the_link(chair.email)] == [404, 200]
    Appointment.objects.filter(person=chair).update(until_date=timezone.localdate() - timedelta(days=1))
    assert comes_by_the_link(chair.email) == 404


def test_page_says_what_somebody_who_was_invited_wants_to_know(invited: tuple[Return, User], client: Client) -> None:
    text = re.sub(r"\s+", " ", client.get(path_of(invited)).content.decode())

    for sentence in (
        "You are asked to answer for Derby and Derbyshire Local Safeguarding Children Board",
        "All 2 boards in our register are asked; none was picked. This board answers for Derbyshire and Derby",
        "Chairs of other boards never see them.",
        ESTIMATE,
        "<strong>Closes ",
        "reply to the email that invited you",
    ):
        assert sentence in text
    assert invited[1].email not in text


def test_link_leads_to_sign_in_with_the_address_filled_in_and_from_there_to_the_return(
    invited: tuple[Return, User], client: Client
) -> None:
    [start] = re.findall(r'href="(/sign-in/[^"]+)"', client.get(path_of(invited)).content.decode())
    start = start.replace("&amp;", "&")
    assert "chair" not in start

    assert 'value="chair@example.org"' in client.get(start).content.decode()

    answer = client.post(start, {"email": "chair@example.org"})
    done = client.post(answer["Location"], {"code": code_in_the_post()})
    assert done["Location"] == f"/returns/{invited[0].pk}/"


@pytest.mark.parametrize("token", ["", "x", "x.y", "-.y", "%00", "é", "a" * 5000])
def test_forged_link_is_not_found(invited: tuple[Return, User], client: Client, token: str) -> None:
    assert client.get(f"/invitation/{token}/").status_code == 404


def test_altered_link_is_not_found(invited: tuple[Return, User], client: Client) -> None:
    other = Return.objects.exclude(pk=invited[0].pk).get()
    assert client.get(path_of(invited).replace(invited[0].pk.hex, other.pk.hex)).status_code == 404
    assert client.get("/sign-in/?as=1:forged").status_code == 200


def test_link_names_the_return_and_the_person(invited: tuple[Return, User]) -> None:
    token = path_of(invited).split("/")[2]
    assert invited_by(token) == invited


def test_link_for_somebody_who_is_gone_is_not_found(invited: tuple[Return, User], client: Client) -> None:
    path = path_of(invited)
    invited[1].appointments.all().delete()
    invited[1].delete()
    assert client.get(path).status_code == 404


def test_how_long_comes_from_ten_boards_or_more(invited: tuple[Return, User]) -> None:
    found = invited[0]
    for number in range(1, 11):
        assert facts_of(found).how_long == ESTIMATE
        imported = Return.objects.create(wave=found.wave, legacy_id=str(number), version=1, submitted_version=1)
        Submission.objects.create(
            survey_return=imported,
            number=1,
            version=1,
            answers={},
            texts={},
            reference=new_reference(),
            digest="-",
            submitted_at=NOW,
            minutes_taken=number * 10,
        )
    assert facts_of(found).how_long == "Half of the 10 boards that told us needed 55 minutes or less."
    Return.objects.filter(legacy_id="10").update(board=Board.objects.create(slug="merged", name="Merged"))
    merged = Return.objects.get(legacy_id="10")
    decide_outcome(merged, disposition="not_eligible", reason="It had merged.", by=invited[1], now=NOW)
    assert facts_of(found).how_long == ESTIMATE


def test_invitation_says_why_and_until_when(invited: tuple[Return, User]) -> None:
    invite_chairs(invited[0].wave, boards=["derby-and-derbyshire"], now=timezone.now())

    [message] = carry_post()
    text = str(message.body)
    assert (
        message.subject == "Please answer for Derby and Derbyshire Local Safeguarding Children Board: Survey of chairs"
    )
    assert text.startswith("Dear Chair,\n")
    assert invitation_url(*invited) in text
    assert max(map(len, text.splitlines())) < 998
    assert "&" not in text


def test_each_chair_is_invited_once_for_each_board(invited: tuple[Return, User]) -> None:
    assert invited[0].board
    builders.chair(invited[0].board, email="deputy@example.org")

    said = [invite("munro-2012", "--board=barnet"), invite("munro-2012"), invite("munro-2012")]

    assert said == [
        "1 invitation queued; 0 had been queued before.\n",
        "2 invitations queued; 1 had been queued before.\n",
        "0 invitations queued; 3 had been queued before.\n",
    ]
    assert len(carry_post()) == 3


def test_an_invitation_goes_again_to_an_address_that_was_corrected_and_to_no_other(
    invited: tuple[Return, User],
) -> None:
    """Came back; came back and was corrected; could not be sent; went to the address before."""
    chair, board = invited[1], "derby-and-derbyshire"
    invite("munro-2012", "--board", board)
    sent = Message.objects.filter(about=invited[0].pk)
    now, told = timezone.now(), []
    for state, bounced_at in (("bounced", now), ("bounced", None), ("failed", None)):
        sent.update(state=state, bounced_at=bounced_at, attempts=12)
        told.append((invite("munro-2012", "--board", board), sent.get().state, sent.get().attempts))
    sent.update(state="sent", sent_at=now)
    User.objects.filter(pk=chair.pk).update(email="new@example.org")
    for _ in range(2):
        invite("munro-2012", "--board", board)

    again = "0 invitations queued; 0 had been queued before.\n1 invitation that had not arrived queued again.\n"
    assert told[0] == ("0 invitations queued; 1 had been queued before.\n", "bounced", 12)
    assert told[1:] == [(again, "queued", 0)] * 2
    assert sorted(sent.values_list("recipient", "state")) == [
        ("chair@example.org", "sent"),
        ("new@example.org", "queued"),
    ]


def test_board_without_a_chair_is_named_in_the_count(invited: tuple[Return, User]) -> None:
    invited[1].appointments.all().delete()
    assert "2 boards without a chair who can sign in: nobody to invite." in invite("munro-2012")


@pytest.mark.parametrize(("arguments", "sentence"), [
    (["nowhere"], "There is no wave called “nowhere”"),
    (["munro-2012", "--board=nowhere"], "There is no board called “nowhere” in this wave. Nobody was invited."),
])  # fmt: skip
def test_mistake_invites_nobody(invited: tuple[Return, User], arguments: list[str], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        invite(*arguments)
    assert Message.objects.count() == 0


def test_nobody_is_invited_to_what_has_closed(invited: tuple[Return, User]) -> None:
    Wave.objects.update(opens_at=NOW, closes_at=timezone.now())
    with pytest.raises(CommandError, match="has closed"):
        invite("munro-2012")


@pytest.mark.django_db(transaction=True)
def test_commands_run_at_once_invite_each_chair_once(invited: tuple[Return, User]) -> None:
    at_once(8, lambda: invite("munro-2012"))
    assert Message.objects.count() == 2
