"""Services: one message from claim to hand-over, and the sweep over those that nobody holds."""

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from smtplib import SMTPRecipientsRefused
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from accounts.codes.issuing import code_letter
from accounts.outbox.letters import Letter, written
from accounts.outbox.models import Message, MessageKind, MessageState

log = logging.getLogger("survey.outbox")

MOST_AT_ONCE = 200
# Kinds whose message is written only when it is sent; None means that there is nothing to send.
WRITERS: Mapping[str, Callable[[Message], Letter | None]] = {MessageKind.SIGN_IN_CODE: code_letter}


def send_message(message_id: UUID) -> None:
    """Claims the message and hands it over; after an error it waits for its next attempt or is given up."""
    message = Message.objects.claim(message_id, now=timezone.now())
    if message is None:
        return
    try:
        letter = WRITERS.get(message.kind, written)(message)
        if letter:
            _hand_over(message, letter)
    except SMTPRecipientsRefused as refused:
        _fail(message, refused, now=timezone.now(), is_final=_is_final(refused))
    except Exception as error:  # noqa: BLE001 -- whatever is wrong with the post, the next attempt may be luckier
        _fail(message, error, now=timezone.now())
    else:
        now = timezone.now()
        done = Message.objects.held(message)
        done.update(state=MessageState.SENT, lease_until=None, last_error="", sent_at=now if letter else None)


def sweep_messages(*, now: datetime, ring: Callable[[Iterable[UUID]], None]) -> int:
    """Rings again for what nobody holds, oldest first; gives up what was tried too often. Says how many it rang for."""
    lost = Message.objects.exhausted(now=now).update(state=MessageState.FAILED, lease_until=None)
    if lost:
        log.error("%s messages were given up: their workers were lost too often", lost)
    waiting = list(
        Message.objects.claimable(now=now).order_by("created_at").values_list("pk", flat=True)[:MOST_AT_ONCE]
    )
    ring(waiting)
    return len(waiting)


def _hand_over(message: Message, letter: Letter) -> None:
    """A hand-over repeated after a crash has the same number, so that the reader's post can tell."""
    number = f"<{message.pk}@{urlsplit(settings.SITE_URL).hostname}>"
    EmailMessage(letter.subject, letter.text, to=[message.recipient], headers={"Message-ID": number}).send()


def _is_final(refused: SMTPRecipientsRefused) -> bool:
    return all(code >= 500 for code, _ in refused.recipients.values())


def _fail(message: Message, error: Exception, *, now: datetime, is_final: bool = False) -> None:
    """Logs what happened, without the address; the row keeps the words."""
    held, reason = Message.objects.held(message), f"{type(error).__name__}: {error}"[:300]
    if is_final or message.attempts >= message.MAX_ATTEMPTS:
        log.error("message %s (%s) was given up: %s", message.pk, message.kind, type(error).__name__)
        held.update(state=MessageState.FAILED, lease_until=None, last_error=reason)
        return
    log.warning("message %s (%s) waits for another attempt: %s", message.pk, message.kind, type(error).__name__)
    held.update(state=MessageState.QUEUED, lease_until=now + message.pause, last_error=reason)
