"""The mail server is away or refuses, and is back after two hours: staff are told, and each message arrives once."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta

import pytest
from django.db.models import F
from django.test import Client, override_settings
from django.utils import timezone

from accounts.models import Role
from accounts.outbox.bulk import send_in_bulk
from accounts.outbox.letters import Letter
from accounts.outbox.models import BULK, Message, MessageKind, MessageState
from accounts.outbox.queueing import new_message, queue_message
from accounts.outbox.sending import send_message, sweep_messages
from tests.builders import person, sign_in, two_boards, wave
from tests.smtp import Office, post_office

pytestmark = pytest.mark.django_db
STEP = timedelta(minutes=5)


@pytest.fixture
def office() -> Iterator[Office]:
    backend = "django.core.mail.backends.smtp.EmailBackend"
    with (
        post_office() as found,
        override_settings(EMAIL_BACKEND=backend, EMAIL_HOST="127.0.0.1", EMAIL_PORT=found.port, EMAIL_TIMEOUT=5),
    ):
        yield found


def let_time_pass() -> None:
    """Five minutes in which the sweeper rings: all that is remembered of the past is five minutes longer ago."""
    Message.objects.update(created_at=F("created_at") - STEP, sent_at=F("sent_at") - STEP)
    Message.objects.update(lease_until=F("lease_until") - STEP)
    sweep_messages(now=timezone.now(), ring=work)


def work(rung: Iterable[Message]) -> None:
    """As the workers do that are rung for."""
    waiting = list(rung)
    for each in waiting:
        if each.kind not in BULK:
            send_message(each.pk)
    if any(each.kind in BULK for each in waiting):
        send_in_bulk()


def dashboard(client: Client) -> str:
    return client.get("/waves/munro-2012/").content.decode()


@pytest.mark.once
def test_two_hours_without_a_mail_server_lose_nothing_and_send_nothing_twice(client: Client, office: Office) -> None:
    two_boards()
    wave(opens_at=timezone.now() - timedelta(days=1), closes_at=timezone.now() + timedelta(days=9))
    sign_in(client, person("rita@example.org", role=Role.RESEARCHER))
    kinds = [MessageKind.EXTENSION] * 6 + [MessageKind.RECEIPT] * 3
    for number, kind in enumerate(kinds):
        address = f"chair{number}@example.org"
        queue_message(
            new_message(str(number), kind=kind, recipient=address, letter=Letter("S", "T\n"), now=timezone.now())
        )
    assert "The post has not gone since" not in dashboard(client)

    with override_settings(EMAIL_PORT=1):  # nobody listens there
        for _ in range(12):
            let_time_pass()
    told_when_away = dashboard(client)
    office.says["DATA"] = "451 not now"
    for _ in range(12):
        let_time_pass()
    told_when_refusing = dashboard(client)
    states = Counter(Message.objects.values_list("state", flat=True))
    office.says["DATA"] = "250 kept"
    for _ in range(8):  # the longest pause between two attempts is half an hour
        let_time_pass()

    assert all("The post has not gone since" in told for told in (told_when_away, told_when_refusing))
    assert (states, office.begun > 0) == (Counter({MessageState.QUEUED: 9}), True)
    assert Counter(Message.objects.values_list("state", flat=True)) == Counter({MessageState.SENT: 9})
    assert Counter(who for whom, _ in office.letters for who in whom) == Counter(
        {f"chair{number}@example.org": 1 for number in range(9)}
    )
    assert "The post has not gone since" not in dashboard(client)
