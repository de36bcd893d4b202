"""The doorbell of the outbox: codes have a queue to themselves, and one ring is for all that goes to many."""

from collections.abc import Iterable

from accounts import doorbell
from accounts.outbox.models import BULK, Message, MessageKind

SEND = "accounts.outbox.tasks.send"
SEND_BULK = "accounts.outbox.tasks.send_bulk"
CODES_QUEUE, BULK_QUEUE = "codes", "bulk"
# A ring for bulk mail that was not heard by then is made good by the sweeper, so that rings never pile up.
HEARD_FOR = 15.0


def ring(messages: Iterable[Message]) -> None:
    """Wakes workers for these messages: one ring each, or one for all that go in bulk."""
    waiting = list(messages)
    singly = [each for each in waiting if each.kind not in BULK]
    codes = [each.pk for each in singly if each.kind == MessageKind.SIGN_IN_CODE]
    doorbell.ring(SEND, codes, queue=CODES_QUEUE)
    doorbell.ring(SEND, [each.pk for each in singly if each.kind != MessageKind.SIGN_IN_CODE])
    if len(singly) < len(waiting):
        ring_bulk()


def ring_bulk() -> None:
    """Wakes a worker for all the bulk mail that waits."""
    doorbell.ring_once(SEND_BULK, queue=BULK_QUEUE, heard_for=HEARD_FOR)
