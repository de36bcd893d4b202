"""Services: the bulk mail that waits goes by handfuls: claimed, looked at and written together, noted one by one."""

import logging
from datetime import datetime
from functools import partial
from time import monotonic

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.outbox.letters import Letter
from accounts.outbox.models import BULK, Message, MessageState
from accounts.outbox.senders import Sender, open_sender
from accounts.outbox.sending import hand_over
from accounts.outbox.writers import Letters, write, write_together

log = logging.getLogger("survey.outbox")

SLICE = 60.0  # seconds after which a worker that sends in bulk lets other work have its turn
HANDFUL = 50
# What was not handed over so soon after it was looked at is looked at again. With the 35 seconds that a server may
# take for one message this is within the lease.
FRESH = 8.0


def send_in_bulk(*, seconds: float = SLICE) -> bool:
    """Sends the bulk mail that waits, oldest first, until the time is over; says whether some may be left."""
    end = monotonic() + seconds
    with open_sender() as sender:
        while monotonic() < end:
            held = _claim_handful(now=timezone.now())
            if not held:
                return False
            _send(held, sender, until=min(end, monotonic() + FRESH))
    return True


@transaction.atomic
def _claim_handful(*, now: datetime) -> list[Message]:
    """The oldest that nobody holds, now held by the caller; what another worker is just claiming is left to it."""
    free = Message.objects.claimable(now=now).filter(kind__in=BULK, attempts__lt=Message.MAX_ATTEMPTS)
    held = list(free.select_for_update(skip_locked=True).order_by("created_at")[:HANDFUL])
    lease = {"state": MessageState.SENDING, "lease_until": now + Message.LEASE}
    Message.objects.filter(pk__in=[each.pk for each in held]).update(attempts=F("attempts") + 1, **lease)
    for each in held:
        each.attempts += 1
    return held


def _send(held: list[Message], sender: Sender, *, until: float) -> None:
    letters = _written(held)
    for place, message in enumerate(held):
        if place and monotonic() >= until:
            _put_back(held[place:])
            return
        hand_over(message, sender, partial(_letter, message, letters))


def _letter(message: Message, letters: Letters) -> Letter | None:
    return letters[message.pk] if message.pk in letters else write(message)


def _written(held: list[Message]) -> Letters:
    """All letters written together; none where one of them cannot be, so that each is written when it is its turn."""
    try:
        return write_together(held)
    except Exception:
        log.exception("a handful of messages could not be written together")
        return {}


def _put_back(held: list[Message]) -> None:
    """They wait again, as if they had not been claimed."""
    mine = Message.objects.filter(pk__in=[each.pk for each in held], state=MessageState.SENDING)
    for attempts in {each.attempts for each in held}:
        mine.filter(attempts=attempts).update(state=MessageState.QUEUED, lease_until=None, attempts=F("attempts") - 1)
