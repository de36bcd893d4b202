"""What GOV.UK Notify says of a message it was given: read from the body of its delivery receipt."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.outbox.fates import note_bounce, note_failure

LARGEST = 20_000


class NotAReceipt(ValueError):
    """The body is not what Notify sends."""


@dataclass(frozen=True)
class Receipt:
    """Which of our messages, and what became of it, in Notify's word."""

    message: UUID
    status: str


def read_receipt(body: bytes) -> Receipt:
    """The receipt in this body; NotAReceipt if it is none."""
    try:
        said = json.loads(body[: LARGEST + 1]) if len(body) <= LARGEST else None
        return Receipt(UUID(str(said["reference"])), str(said["status"])[:60])  # type: ignore[index]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise NotAReceipt from None


def note_receipt(receipt: Receipt, *, now: datetime) -> None:
    """Notes what became of the message. One that was delivered stays sent; what we never sent is passed over."""
    words = f"GOV.UK Notify says: {receipt.status}"
    if receipt.status == "permanent-failure":
        note_bounce(receipt.message, words=words, now=now)
    elif receipt.status in {"temporary-failure", "technical-failure"}:
        note_failure(receipt.message, words=words)
