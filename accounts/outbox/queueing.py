"""Services: a message is queued in the caller's transaction, and once only for each key."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.outbox.doorbell import ring
from accounts.outbox.letters import Letter
from accounts.outbox.models import Message, MessageKind
from accounts.people import clean_email

AT_ONCE = 500


def new_message(
    key: str,
    *,
    kind: MessageKind,
    recipient: str,
    letter: Letter | None,
    now: datetime,
    has_html: bool = False,
    wave: str = "",
    about: UUID | None = None,
) -> Message:
    """A message in memory, or a ValidationError that names an address that is none.

    `key` says which effect it tells of; without a letter, the worker writes it when it sends it. `wave` and `about`
    (a return) say where staff will look for it.
    """
    return Message(
        key=key,
        kind=kind,
        recipient=clean_email(recipient),
        subject=letter.subject if letter else "",
        text=letter.text if letter else "",
        has_html=has_html,
        wave=wave,
        about=about,
        created_at=now,
    )


def queue_messages(messages: Iterable[Message]) -> None:
    """Queues those whose key is new, in the caller's transaction; rings for them once that is committed."""
    queued = Message.objects.bulk_create(messages, ignore_conflicts=True, batch_size=AT_ONCE)
    transaction.on_commit(lambda: ring(queued), robust=True)


def queue_message(message: Message) -> None:
    """Queues one message, unless one with its key was queued before."""
    queue_messages([message])
