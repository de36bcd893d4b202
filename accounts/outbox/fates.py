"""Services: what became of a message after it was handed over, and a further try for one that did not arrive."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.models import User
from accounts.outbox.doorbell import ring
from accounts.outbox.models import Message, MessageKind, MessageState
from accounts.refusals import Overtaken

TRIED_AGAIN = declare("message.tried_again", "Tried a message again")
RETRIABLE = (MessageState.FAILED, MessageState.BOUNCED)


class NothingToTry(Overtaken):
    """Somebody would have a message tried again that arrived, or that still waits."""

    title = "This message cannot be tried again"


def note_bounce(message_id: UUID, *, words: str, now: datetime) -> bool:
    """The message came back for good; says whether there is such a message. Said twice, it is noted once."""
    found = Message.objects.filter(pk=message_id)
    sent = found.filter(state__in=(MessageState.SENT, MessageState.SENDING, MessageState.FAILED))
    sent.update(state=MessageState.BOUNCED, bounced_at=now, lease_until=None, last_error=words[:300])
    return found.exists()


def note_failure(message_id: UUID, *, words: str) -> bool:
    """The provider gave the message up although the address may be good; says whether there is such a message."""
    found = Message.objects.filter(pk=message_id)
    sent = found.filter(state__in=(MessageState.SENT, MessageState.SENDING))
    sent.update(state=MessageState.FAILED, lease_until=None, last_error=words[:300])
    return found.exists()


def readdress(old: str, *, new: str) -> None:
    """What did not arrive at the old address goes to the new one, at once or when it is tried again.

    Sign-in codes do not: whoever asked for one at the old address may be somebody else.
    """
    waiting = (MessageState.QUEUED, MessageState.SENDING, *RETRIABLE)
    found = Message.objects.filter(recipient=old, state__in=waiting).exclude(kind=MessageKind.SIGN_IN_CODE)
    found.update(recipient=new, bounced_at=None)  # nothing speaks against the new address


@transaction.atomic
def try_again(message: Message, *, by: User, now: datetime) -> None:
    """Queues a message anew that could not be sent or came back; refused if it is neither."""
    if not queue_again([message]):
        raise NothingToTry("It was sent, or it waits to be sent already. Look at its state in the list of messages.")
    # Whoever tries an address again holds it to be good: earlier bounces from it no longer speak against it.
    Message.objects.filter(recipient=message.recipient, state=MessageState.BOUNCED).update(bounced_at=None)
    record(TRIED_AGAIN, by=by, subject=message, about=message.subject, wave=message.wave, now=now)


@transaction.atomic
def queue_again(messages: Collection[Message]) -> int:
    """Queues those of these anew that could not be sent or came back, and says how many they were."""
    waiting = {"state": MessageState.QUEUED, "attempts": 0, "lease_until": None, "last_error": "", "sent_at": None}
    found = Message.objects.filter(pk__in=[each.pk for each in messages], state__in=RETRIABLE)
    transaction.on_commit(lambda: ring(messages), robust=True)
    return found.update(**waiting, bounced_at=None)
