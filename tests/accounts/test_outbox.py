"""The outbox: told with the change or not at all, once for each key, and handed over however often the post fails."""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.test import override_settings
from kombu.exceptions import OperationalError

from accounts.outbox import bulk, writers
from accounts.outbox.bulk import send_in_bulk
from accounts.outbox.letters import Letter, letter
from accounts.outbox.models import Message, MessageKind, MessageState
from accounts.outbox.queueing import new_message, queue_message
from accounts.outbox.sending import send_message, sweep_messages
from accounts.outbox.writers import Letters
from tests.races import at_once
from tests.smtp import Office, post_office

pytestmark = pytest.mark.django_db
NOW = datetime(2012, 2, 10, 12, 0, tzinfo=UTC)
LETTER = Letter("A subject", "Dear chair,\n\nsome words.\n")


def queue_thanks(number: int, *, to: str = "a@example.org") -> None:
    queue_message(new_message(str(number), kind=MessageKind.THANKS, recipient=to, letter=LETTER, now=NOW))


def queue(key: str = "effect:1", *, to: str = "chair@example.org", says: Letter = LETTER) -> Message:
    queue_message(new_message(key, kind=MessageKind.RECEIPT, recipient=to, letter=says, now=NOW))
    return Message.objects.get(key=key)


def again(message: Message) -> Message:
    message.refresh_from_db()
    return message


def let_time_pass(message: Message) -> None:
    Message.objects.filter(pk=message.pk).update(lease_until=NOW)


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    found: list[UUID] = []
    monkeypatch.setattr("accounts.outbox.queueing.ring", lambda rows: found.extend(row.pk for row in rows))
    return found


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: EmailMessage, **_: object) -> int:
        raise ConnectionRefusedError("no post today")

    monkeypatch.setattr(EmailMessage, "send", refuse)


@pytest.fixture
def office() -> Iterator[Office]:
    with (
        post_office() as found,
        override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=found.port,
            EMAIL_TIMEOUT=5,
        ),
    ):
        yield found


def test_message_is_handed_over_once() -> None:
    message = queue()

    send_message(message.pk)
    send_message(message.pk)

    [sent] = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["chair@example.org"], "A subject", LETTER.text)
    assert (again(message).state, message.attempts, message.lease_until) == (MessageState.SENT, 1, None)
    assert message.sent_at


def test_the_same_effect_is_told_once() -> None:
    first = queue()
    assert queue(says=Letter("Another", "text")) == first
    assert Message.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_worker_is_rung_only_once_the_row_is_there(rung: list[UUID]) -> None:
    with transaction.atomic():
        message = queue()
        assert rung == []
    assert rung == [message.pk]


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_told_to_nobody(rung: list[UUID]) -> None:
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)
    assert (Message.objects.count(), rung) == (0, [])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("error", [OperationalError("away"), OSError("disk full"), RuntimeError("anything")])
def test_broker_that_is_away_keeps_nobody_from_going_on(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def send_task(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("accounts.doorbell.current_app.send_task", send_task)
    assert queue().state == MessageState.QUEUED


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_queue_one_message_and_twenty_workers_send_it_once() -> None:
    messages = at_once(20, queue)
    assert {message.pk for message in messages} == set(Message.objects.values_list("pk", flat=True))

    at_once(20, lambda: send_message(messages[0].pk))

    assert len(mail.outbox) == 1


@pytest.mark.usefixtures("broken")
def test_after_an_error_the_message_waits_longer_each_time_and_is_given_up_in_the_end() -> None:
    message, pauses = queue(), []
    while again(message).state == MessageState.QUEUED:
        let_time_pass(message)
        send_message(message.pk)
        pauses.append(again(message).pause)

    assert (message.state, message.attempts) == (MessageState.FAILED, Message.MAX_ATTEMPTS)
    assert message.last_error == "ConnectionRefusedError: no post today"
    assert pauses[:3] == [timedelta(seconds=30), timedelta(seconds=60), timedelta(seconds=120)]
    assert (pauses[-1], sum(pauses[:-1], timedelta()) > timedelta(hours=2)) == (timedelta(minutes=30), True)


@pytest.mark.usefixtures("broken")
def test_message_is_not_tried_again_before_its_pause_is_over() -> None:
    message = queue()
    send_message(message.pk)
    send_message(message.pk)
    assert again(message).attempts == 1


@pytest.mark.usefixtures("broken")
def test_the_log_says_which_message_waits_and_not_to_whom(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(logging.getLogger("survey"), "propagate", True)
    message = queue()

    send_message(message.pk)

    assert f"{message.pk} (receipt) waits for another attempt: ConnectionRefusedError" in caplog.text
    assert "example.org" not in caplog.text


def test_sweeper_rings_for_what_waits_and_for_what_was_abandoned_only() -> None:
    message = queue()
    found: list[Message] = []
    waiting = sweep_messages(now=NOW, ring=found.extend)
    Message.objects.claim(message.pk, now=NOW)
    held = sweep_messages(now=NOW, ring=found.extend)
    abandoned = sweep_messages(now=NOW + Message.LEASE + timedelta(seconds=1), ring=found.extend)

    assert (waiting, held, abandoned, found) == (1, 0, 1, [message, message])


def test_sweeper_rings_for_codes_first_and_once_for_all_that_goes_in_bulk() -> None:
    for number in range(3):
        for kind in (MessageKind.REMINDER, MessageKind.RECEIPT, MessageKind.SIGN_IN_CODE):
            key = f"{kind}{number}"
            queue_message(new_message(key, kind=kind, recipient="chair@example.org", letter=LETTER, now=NOW))
    found: list[Message] = []
    sweep_messages(now=NOW, ring=found.extend)

    assert [message.kind for message in found] == ["sign_in_code"] * 3 + ["receipt"] * 3 + ["reminder"]


def test_bulk_mail_is_sent_until_none_is_left_or_the_time_is_over(office: Office) -> None:
    for number in range(5):
        queue_thanks(number)

    assert send_in_bulk(seconds=0) is True
    assert send_in_bulk() is False
    assert len(office.letters) == 5
    assert office.conversations == 1


def test_what_was_not_handed_over_soon_after_it_was_looked_at_waits_again_unharmed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "FRESH", 0.0)  # so that each handful goes one message far
    for number in range(5):
        queue_thanks(number)

    assert send_in_bulk() is False

    assert list(Message.objects.values_list("state", "attempts")) == [(MessageState.SENT, 1)] * 5
    assert len(office.letters) == 5


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_several_workers_send_bulk_mail_at_once_each_message_once(office: Office) -> None:
    for number in range(120):
        recipient = f"chair{number}@example.org"
        queue_thanks(number, to=recipient)

    at_once(3, send_in_bulk)

    assert Counter(who for whom, _ in office.letters for who in whom) == Counter(
        {f"chair{number}@example.org": 1 for number in range(120)}
    )


def test_one_that_cannot_be_written_keeps_no_other_from_going(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(messages: Sequence[Message]) -> Letters:
        if any(each.key == "1" for each in messages):
            raise ValueError("cannot be written")
        return {each.pk: LETTER for each in messages}

    monkeypatch.setitem(writers._WRITERS, MessageKind.THANKS, refuse)
    for number in range(3):
        queue_thanks(number)

    assert send_in_bulk() is False

    states = dict(Message.objects.values_list("key", "state"))
    assert states == {"0": MessageState.SENT, "1": MessageState.QUEUED, "2": MessageState.SENT}


def test_bulk_mail_goes_on_after_a_message_that_was_refused(office: Office) -> None:
    for number in range(3):
        queue_thanks(number)
    office.refuses = {1}

    send_in_bulk()

    assert len(office.letters) == 2
    assert sorted(Message.objects.values_list("state", flat=True)) == ["done", "done", "queued"]


def test_message_whose_workers_were_all_lost_is_given_up() -> None:
    message, now = queue(), NOW
    for _ in range(Message.MAX_ATTEMPTS):
        assert Message.objects.claim(message.pk, now=now)
        now += Message.LEASE + timedelta(seconds=1)

    assert Message.objects.claim(message.pk, now=now) is None
    assert sweep_messages(now=now, ring=lambda _: None) == 0
    assert again(message).state == MessageState.FAILED


def test_repeated_hand_over_bears_the_same_number() -> None:
    message = queue()
    for _ in range(2):
        Message.objects.update(state=MessageState.QUEUED, lease_until=None)
        send_message(message.pk)

    numbers = [sent.extra_headers["Message-ID"] for sent in mail.outbox]
    assert numbers == [f"<{message.pk}@testserver>"] * 2


@pytest.mark.parametrize("address", [
    "", "chair", "chair@example.org\nBcc: all@example.org", "a@example.org, b@example.org", "<a@example.org>",
    "chair@example.org\0", "chair @example.org",
])  # fmt: skip
def test_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        queue(to=address)


def test_letter_has_one_line_of_subject_and_nothing_that_commands_a_reader() -> None:
    made = letter(
        "Hello\r\nBcc: all@example.org\0\x07\u2028there" + "x" * 300, "one\r\ntwo\0\x1b[2J\ud800\u202eeert \u2067 "
    )

    assert made.subject.startswith("Hello Bcc: all@example.org")
    assert (len(made.subject), len(made.subject.splitlines())) == (200, 1)
    assert made.text == "one\ntwo[2J?eert\n"


def test_post_office_gets_what_was_queued(office: Office) -> None:
    send_message(queue(says=Letter("Grüße", "Zoë – 1 £\n.\nend\n")).pk)

    [(recipients, message)] = office.letters
    assert recipients == ["chair@example.org"]
    assert (message["Subject"], message["To"]) == ("Grüße", "chair@example.org")
    assert message["From"] == "National survey <survey@testserver>"
    assert message.get_content().replace("\r\n", "\n") == "Zoë – 1 £\n.\nend\n"


@pytest.mark.parametrize(("says", "state"), [
    ({"RCPT": "450 later"}, MessageState.QUEUED),
    ({"RCPT": "550 unknown"}, MessageState.FAILED),
    ({"DATA": "451 later"}, MessageState.QUEUED),
    ({"DATA": "554 full"}, MessageState.QUEUED),
])  # fmt: skip
def test_refusal_for_good_ends_it_and_any_other_waits(
    office: Office, says: dict[str, str], state: MessageState
) -> None:
    office.says |= says
    message = queue()

    send_message(message.pk)

    assert (again(message).state, office.letters) == (state, [])
    assert message.last_error
    assert message.sent_at is None


def test_message_goes_once_the_post_is_back(office: Office) -> None:
    office.says["DATA"] = "451 later"
    message = queue()
    send_message(message.pk)
    office.says["DATA"] = "250 kept"
    let_time_pass(message)

    send_message(message.pk)

    assert (again(message).state, message.attempts, len(office.letters)) == (MessageState.SENT, 2, 1)
    assert message.last_error == ""
