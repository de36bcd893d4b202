"""The doorbell of planned mailings."""

from collections.abc import Iterable
from uuid import UUID

from accounts import doorbell
from accounts.outbox.doorbell import BULK_QUEUE

RUN = "respondents.contacts.tasks.run"


def ring(mailings: Iterable[UUID]) -> None:
    """Wakes a worker for these mailings."""
    doorbell.ring(RUN, mailings, queue=BULK_QUEUE)
