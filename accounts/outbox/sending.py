"""Services: one message from claim to hand-over, and the sweep over what nobody holds."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from accounts.outbox.letters import Letter
from accounts.outbox.models import BULK, Message, MessageKind, MessageState
from accounts.outbox.senders import Refused, Sender, open_sender
from accounts.outbox.writers import write

log = logging.getLogger("survey.outbox")

MOST_AT_ONCE = 200


def send_message(message_id: UUID) -> None:
    """Claims the message and hands it over; after an error it waits for its next attempt or is given up."""
    message = Message.objects.claim(message_id, now=timezone.now())
    if message is None:
        return
    with open_sender() as sender:
        hand_over(message, sender, lambda: write(message))


def sweep_messages(*, now: datetime, ring: Callable[[Iterable[Message]], None]) -> int:
    """Rings again for what nobody holds, codes first; gives up what was tried too often. Says how many it rang for."""
    lost = Message.objects.exhausted(now=now).update(state=MessageState.FAILED, lease_until=None)
    if lost:
        log.error("%s messages were given up: their workers were lost too often", lost)
    claimable = Message.objects.claimable(now=now).only("pk", "kind").order_by("created_at")
    codes = Q(kind=MessageKind.SIGN_IN_CODE)
    waiting = list(claimable.filter(codes)[:MOST_AT_ONCE])
    waiting += claimable.exclude(codes).exclude(kind__in=BULK)[: MOST_AT_ONCE - len(waiting)]
    waiting += claimable.filter(kind__in=BULK)[:1]  # one ring is for all of them
    ring(waiting)
    return len(waiting)


def hand_over(message: Message, sender: Sender, letter: Callable[[], Letter | None]) -> None:
    """Hands over a message that the caller has claimed, unless there is nothing to send any more; notes what happened.

    What the letter says is asked for here, so that a message that cannot be written waits like one that is not taken.
    """
    try:
        found = letter()
        number = sender.hand_over(message, found) if found else ""
    except Refused as refused:
        _fail(message, refused, now=timezone.now(), is_final=True)
    except Exception as error:  # noqa: BLE001 -- whatever is wrong with the post, the next attempt may be luckier
        _fail(message, error, now=timezone.now())
    else:
        _finish(message, is_sent=found is not None, number=number, now=timezone.now())


def _finish(message: Message, *, is_sent: bool, number: str, now: datetime) -> None:
    # A code that a stranger asked for ends like any other, so that the table does not tell who takes part.
    is_withdrawn = not is_sent and message.kind != MessageKind.SIGN_IN_CODE
    Message.objects.held(message).update(
        state=MessageState.WITHDRAWN if is_withdrawn else MessageState.SENT,
        lease_until=None,
        last_error="",
        provider_number=number,
        sent_at=now if is_sent else None,
    )


def _fail(message: Message, error: Exception, *, now: datetime, is_final: bool = False) -> None:
    """Logs what happened, without the address; the row keeps the words."""
    held, reason = Message.objects.held(message), f"{type(error).__name__}: {error}"[:300]
    if is_final or message.attempts >= message.MAX_ATTEMPTS:
        log.error("message %s (%s) was given up: %s", message.pk, message.kind, type(error).__name__)
        held.update(state=MessageState.FAILED, lease_until=None, last_error=reason)
        return
    log.warning("message %s (%s) waits for another attempt: %s", message.pk, message.kind, type(error).__name__)
    held.update(state=MessageState.QUEUED, lease_until=now + message.pause, last_error=reason)
