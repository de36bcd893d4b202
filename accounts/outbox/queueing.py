"""Services: a message is queued in the caller's transaction, and once only for each key."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.outbox.doorbell import ring
from accounts.outbox.letters import Letter
from accounts.outbox.models import Message, MessageKind
from accounts.people import clean_email


def new_message(key: str, *, kind: MessageKind, recipient: str, letter: Letter | None, now: datetime) -> Message:
    """A message in memory, or a ValidationError that names an address that is none.

    `key` says which effect it tells of; without a letter, the worker writes it when it sends it.
    """
    return Message(
        key=key,
        kind=kind,
        recipient=clean_email(recipient),
        subject=letter.subject if letter else "",
        text=letter.text if letter else "",
        created_at=now,
    )


def queue_messages(messages: Iterable[Message]) -> None:
    """Queues those whose key is new, in the caller's transaction; rings a worker once that is committed."""
    queued = [message.pk for message in Message.objects.bulk_create(messages, ignore_conflicts=True)]
    transaction.on_commit(lambda: ring(queued), robust=True)


def queue_message(key: str, *, kind: MessageKind, recipient: str, letter: Letter | None, now: datetime) -> None:
    """Queues one message, unless one with this key was queued before."""
    queue_messages([new_message(key, kind=kind, recipient=recipient, letter=letter, now=now)])
