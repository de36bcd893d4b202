"""What became of a message: notices that come back, receipts of the provider, and a further try."""

import io
import json
import sys
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import Client, override_settings
from django.utils import timezone

from accounts.models import AuditEntry
from accounts.outbox.bounces import read_report
from accounts.outbox.fates import NothingToTry, try_again
from accounts.outbox.models import Message, MessageKind, MessageState
from accounts.outbox.tasks import read_bounces
from tests.builders import NOW, person

pytestmark = pytest.mark.django_db
TOKEN = "a token of forty characters or even more"
WITH_TOKEN = override_settings(NOTIFY_CALLBACK_TOKEN=TOKEN)


@pytest.fixture
def message() -> Message:
    return Message.objects.create(
        key="one", kind=MessageKind.REMINDER, recipient="a@example.org", state=MessageState.SENT, created_at=NOW
    )


def notice(
    *, to: str = "survey@testserver", number: str = "", action: str = "failed", status: str = "5.1.1", extra: str = ""
) -> bytes:
    return (
        f"From: MAILER-DAEMON@mx.example.org\nTo: {to}\nSubject: Undelivered Mail\nMIME-Version: 1.0\n{extra}"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="cut"\n\n'
        "--cut\nContent-Type: text/plain\n\nYour message could not be delivered.\n\n"
        "--cut\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\n"
        f"Final-Recipient: rfc822; a@example.org\nAction: {action}\nStatus: {status}\n"
        "Diagnostic-Code: smtp; 550 no such user\n\n"
        f"--cut\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{number}@testserver>\nTo: a@example.org\n\n--cut--\n"
    ).encode()


def state(message: Message) -> str:
    message.refresh_from_db()
    return message.state


@pytest.mark.pure
@pytest.mark.parametrize("content", [
    b"", b"\0\xff\xfe", b"Subject: hello\n\nI am on holiday.", notice(number="no-number"),
    notice(number=str(uuid4())).replace(b"message/delivery-status", b"text/plain"), b"x" * 6_000_000,
    b"Content-Type: multipart/report; report-type=delivery-status; boundary=\n\n--\n",
])  # fmt: skip
def test_what_is_no_notice_is_passed_over(content: bytes) -> None:
    assert read_report(content) is None


def test_a_notice_is_matched_by_the_address_it_came_to_or_by_our_number(message: Message) -> None:
    by_number = read_report(notice(number=str(message.pk)))
    by_address = read_report(notice(to=f"bounces+{message.pk.hex}@testserver"))
    delivered_to = read_report(notice(extra=f"Delivered-To: bounces+{message.pk.hex}@testserver\n"))
    for report in (by_number, by_address, delivered_to):
        assert report is not None
        assert (report.message, report.is_final) == (message.pk, True)
        assert report.words == "5.1.1 smtp; 550 no such user"


@pytest.mark.parametrize(("action", "status", "wanted"), [
    ("failed", "5.1.1", MessageState.BOUNCED), ("delayed", "4.2.2", MessageState.SENT),
    ("delivered", "2.0.0", MessageState.SENT), ("failed", "4.4.7", MessageState.SENT),
])  # fmt: skip
def test_only_what_failed_for_good_is_a_bounce(
    message: Message, tmp_path: Path, action: str, status: str, wanted: str
) -> None:
    maildir = box(tmp_path, notice(number=str(message.pk), action=action, status=status))
    call_command("read_bounces", str(maildir), stdout=io.StringIO())
    assert state(message) == wanted


def box(folder: Path, *letters: bytes) -> Path:
    for name in ("new", "cur", "tmp"):
        (folder / name).mkdir()
    for place, content in enumerate(letters):
        (folder / "new" / f"{place}.host").write_bytes(content)
    return folder


def test_a_maildir_is_read_once_and_other_mail_is_left_for_people(message: Message, tmp_path: Path) -> None:
    maildir = box(tmp_path, notice(number=str(message.pk)), b"Subject: hello\n\nPlease call me.\n")
    said = [io.StringIO(), io.StringIO()]
    for out in said:
        call_command("read_bounces", str(maildir), stdout=out)

    assert [out.getvalue()[:7] for out in said] == ["1 noted", "0 noted"]
    assert (state(message), message.last_error) == (MessageState.BOUNCED, "5.1.1 smtp; 550 no such user")
    assert message.bounced_at
    assert [path.name for path in (maildir / "new").iterdir()] == ["1.host"]


@pytest.mark.parametrize("to", ["<", '"', "a@["])
def test_a_letter_that_is_malformed_or_gone_stops_no_notice_after_it(message: Message, tmp_path: Path, to: str) -> None:
    maildir = box(tmp_path, notice(to=to, number=str(uuid4())), notice(to=to, number=str(message.pk)))
    (maildir / "new" / "0.gone").symlink_to("nowhere")

    call_command("read_bounces", str(maildir), stdout=io.StringIO())

    assert state(message) == MessageState.BOUNCED
    assert sorted(path.name for path in (maildir / "new").iterdir()) == ["0.gone", "0.host"]


def test_the_worker_reads_the_mailbox_that_is_set(message: Message, tmp_path: Path) -> None:
    with override_settings(BOUNCE_MAILDIR=str(box(tmp_path, notice(number=str(message.pk))))):
        assert [read_bounces(), read_bounces()] == [1, 0]
    assert state(message) == MessageState.BOUNCED


def test_a_notice_is_read_from_standard_input(message: Message, monkeypatch: pytest.MonkeyPatch) -> None:
    given = io.TextIOWrapper(io.BytesIO(notice(number=str(message.pk))))
    monkeypatch.setattr(sys, "stdin", given)
    call_command("read_bounces", stdout=io.StringIO())
    assert state(message) == MessageState.BOUNCED


def test_a_folder_that_is_no_maildir_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is no Maildir"):
        call_command("read_bounces", str(tmp_path / "none"))


def receipt(client: Client, body: object, *, token: str = f"Bearer {TOKEN}") -> HttpResponse:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post(  # type: ignore[return-value]
        "/outbox/notify/", content, content_type="application/json", headers={"Authorization": token}
    )


@WITH_TOKEN
@pytest.mark.parametrize(("status", "wanted"), [
    ("permanent-failure", MessageState.BOUNCED), ("temporary-failure", MessageState.FAILED),
    ("technical-failure", MessageState.FAILED), ("delivered", MessageState.SENT), ("sent", MessageState.SENT),
])  # fmt: skip
def test_the_provider_says_what_became_of_it(message: Message, status: str, wanted: str) -> None:
    client = Client(enforce_csrf_checks=True)
    for _ in range(2):
        assert receipt(client, {"reference": str(message.pk), "status": status}).status_code == 204
    assert state(message) == wanted


@WITH_TOKEN
@pytest.mark.parametrize("token", ["", "Bearer", "Bearer wrong", TOKEN, f"Bearer {TOKEN}x", "Bearer é"])
def test_who_does_not_bear_the_token_is_refused(message: Message, client: Client, token: str) -> None:
    told = receipt(client, {"reference": str(message.pk), "status": "permanent-failure"}, token=token)
    assert (told.status_code, state(message)) == (403, MessageState.SENT)


@WITH_TOKEN
@pytest.mark.parametrize("body", [
    b"", b"{", b"[]", b"null", b"\xff", {"reference": "x", "status": "delivered"}, {"status": "delivered"},
    {"reference": None, "status": None}, b"[" * 9_000, b'{"reference": "' + b"0" * 30_000 + b'"}',
])  # fmt: skip
def test_what_is_no_receipt_is_refused(client: Client, body: object) -> None:
    assert receipt(client, body).status_code == 400


@WITH_TOKEN
def test_a_receipt_for_a_message_of_somebody_else_is_passed_over(client: Client) -> None:
    assert receipt(client, {"reference": str(uuid4()), "status": "permanent-failure"}).status_code == 204


def test_without_a_token_of_our_own_there_is_no_such_door(client: Client) -> None:
    assert receipt(client, {}, token="Bearer ").status_code == 404


def test_a_message_that_bounced_is_tried_again_on_request_and_recorded(message: Message) -> None:
    jo = person("jo@example.org")
    with pytest.raises(NothingToTry):
        try_again(message, by=jo, now=NOW)
    Message.objects.update(state=MessageState.BOUNCED, bounced_at=timezone.now(), attempts=3, last_error="no")

    try_again(message, by=jo, now=NOW)

    assert (state(message), message.attempts, message.last_error) == (MessageState.QUEUED, 0, "")
    assert AuditEntry.objects.get().act == "message.tried_again"
