"""Those who carry messages: a mail server with an address for what comes back, and GOV.UK Notify over real HTTP."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import override_settings

from accounts.outbox.bulk import send_in_bulk
from accounts.outbox.html import as_html
from accounts.outbox.letters import Letter
from accounts.outbox.models import Message, MessageKind, MessageState
from accounts.outbox.queueing import new_message, queue_message
from accounts.outbox.sending import send_message
from tests.builders import NOW

pytestmark = pytest.mark.django_db
LETTER = Letter("A subject", "Dear chair,\n\nopen https://survey.example.org/returns/1/?a=1&b=2.\nThank <you>.\n")
KEY = "survey-" + "11111111-1111-4111-8111-111111111111" + "-" + "22222222-2222-4222-8222-222222222222"


class Notify(ThreadingHTTPServer):
    """Enough of GOV.UK Notify: what it was given, by reference, and what it says next."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Desk)
        self.given: list[dict[str, Any]] = []
        self.says: list[int] = []
        self.forgets_to_answer = 0


class Desk(BaseHTTPRequestHandler):
    """One request."""

    server: Notify

    def do_POST(self) -> None:
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status = self.server.says.pop(0) if self.server.says else 201
        assert self.path == "/v2/notifications/email"
        assert self.headers["Authorization"].startswith("Bearer ")
        if status == 201:
            self.server.given.append(sent)
        if self.server.forgets_to_answer:
            self.server.forgets_to_answer -= 1
            self.close_connection = True
            return
        self.reply(status, {"id": f"n{len(self.server.given)}", "status_code": status, "errors": [{"message": "no"}]})

    def do_GET(self) -> None:
        [reference] = parse_qs(urlsplit(self.path).query)["reference"]
        found = [{"id": "known"} for each in self.server.given if each["reference"] == reference]
        self.reply(200, {"notifications": found, "links": {}})

    def reply(self, status: int, body: object) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Location", self.path)  # which only an answer that leads elsewhere means
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def notify_server() -> Iterator[Notify]:
    with Notify() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def notify() -> Iterator[Notify]:
    with (
        notify_server() as server,
        override_settings(
            EMAIL_SENDER="notify",
            NOTIFY_URL=f"http://127.0.0.1:{server.server_address[1]}",
            NOTIFY_API_KEY=KEY,
            NOTIFY_TEMPLATE_ID="33333333-3333-4333-8333-333333333333",
        ),
    ):
        yield server


def queue(key: str = "one", *, has_html: bool = False) -> Message:
    queue_message(
        new_message(key, kind=MessageKind.THANKS, recipient="a@example.org", letter=LETTER, now=NOW, has_html=has_html)
    )
    return Message.objects.get(key=key)


def again(message: Message) -> Message:
    message.refresh_from_db()
    return message


def test_notify_is_given_the_message_under_our_number(notify: Notify) -> None:
    message = queue()
    send_message(message.pk)

    [given] = notify.given
    assert (again(message).state, message.provider_number) == (MessageState.SENT, "n1")
    assert given["email_address"] == "a@example.org"
    assert given["personalisation"] == {"subject": "A subject", "text": LETTER.text}
    assert given["reference"] == str(message.pk)


@pytest.mark.parametrize(("says", "wanted"), [
    (307, MessageState.QUEUED), (400, MessageState.FAILED), (403, MessageState.QUEUED), (429, MessageState.QUEUED),
    (500, MessageState.QUEUED), (503, MessageState.QUEUED),
])  # fmt: skip
def test_what_notify_refuses_for_good_ends_and_all_else_waits(notify: Notify, says: int, wanted: str) -> None:
    notify.says = [says]
    message = queue()
    send_message(message.pk)
    assert (again(message).state, notify.given) == (wanted, [])
    assert message.last_error


def test_a_message_whose_acknowledgement_was_lost_is_not_given_twice(notify: Notify) -> None:
    notify.forgets_to_answer = 1
    message = queue()
    send_message(message.pk)
    waits = again(message).state
    Message.objects.update(lease_until=NOW)
    send_message(message.pk)

    assert (waits, again(message).state, message.provider_number) == (MessageState.QUEUED, MessageState.SENT, "known")
    assert len(notify.given) == 1


def test_notify_takes_bulk_mail_too(notify: Notify) -> None:
    for number in range(4):
        queue(str(number))
    send_in_bulk()
    assert len({each["reference"] for each in notify.given}) == 4


@override_settings(BOUNCE_ADDRESS="bounces@survey.example.org")
def test_what_cannot_be_delivered_comes_back_to_an_address_that_names_the_message() -> None:
    message = queue()
    send_message(message.pk)

    [sent] = mail.outbox
    assert sent.from_email == f"bounces+{message.pk.hex}@survey.example.org"
    assert sent.message()["From"] == "National survey <survey@testserver>"


def test_html_says_what_the_text_says_and_nothing_that_was_typed_acts() -> None:
    send_message(queue(has_html=True).pk)

    [sent] = mail.outbox
    assert isinstance(sent, EmailMultiAlternatives)
    [(html, kind)] = sent.alternatives
    assert (kind, sent.body) == ("text/html", LETTER.text)
    link = "https://survey.example.org/returns/1/?a=1&amp;b=2"
    assert f'open <a href="{link}">{link}</a>.<br>\nThank &lt;you&gt;.</p>' in str(html)
    assert '<html lang="en-GB">' in as_html(LETTER)
