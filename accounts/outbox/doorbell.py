"""The doorbell of the outbox."""

from collections.abc import Iterable
from uuid import UUID

from accounts import doorbell

SEND = "accounts.outbox.tasks.send"


def ring(messages: Iterable[UUID]) -> None:
    """Wakes a worker for these messages."""
    doorbell.ring(SEND, messages)
