"""Doors for the worker: an id comes in, one service call does the work, and every task is safe to run twice."""

from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from accounts.codes.asking import forget_codes
from accounts.outbox.bulk import send_in_bulk
from accounts.outbox.doorbell import SEND, SEND_BULK, ring, ring_bulk
from accounts.outbox.maildir import read_maildir
from accounts.outbox.sending import send_message, sweep_messages


@shared_task(name=SEND)
def send(message_id: str) -> None:
    """Sends one message, if nobody else does."""
    send_message(UUID(message_id))


@shared_task(name=SEND_BULK)
def send_bulk() -> None:
    """Sends the bulk mail that waits for a while, and rings for the rest of it."""
    if send_in_bulk():
        ring_bulk()


@shared_task(name="accounts.outbox.tasks.sweep")
def sweep() -> int:
    """Rings for every message that waits or was abandoned."""
    return sweep_messages(now=timezone.now(), ring=ring)


@shared_task(name="accounts.outbox.tasks.forget")
def forget() -> int:
    """Deletes the traces of codes that were asked for long ago."""
    return forget_codes(now=timezone.now())


@shared_task(name="accounts.outbox.tasks.read_bounces")
def read_bounces() -> int:
    """Notes what came back, from the mailbox that is set."""
    return read_maildir(settings.BOUNCE_MAILDIR, now=timezone.now())
