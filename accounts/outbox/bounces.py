"""Messages that came back (RFC 3464): whose they were, and whether for good. Reads bytes, changes nothing."""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from uuid import UUID

LARGEST = 5_000_000
_NUMBER = re.compile(r"<([0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})@", re.IGNORECASE)
_RETURNED = re.compile(r"\+([0-9a-f]{32})@", re.IGNORECASE)
# The lenient one: it takes headers as they stand, where the newer ones fail on an address that is none.
_POLICY = policy.compat32


@dataclass(frozen=True)
class Report:
    """A notice that a message could not be delivered."""

    message: UUID
    is_final: bool
    words: str


def read_report(content: bytes) -> Report | None:
    """What the notice says of one of our messages; nothing if it is no such notice, or names none of ours."""
    if len(content) > LARGEST:
        return None
    mail = message_from_bytes(content, policy=_POLICY)
    if mail.get_content_type() != "multipart/report" or mail.get_param("report-type") != "delivery-status":
        return None
    status = next((part for part in mail.walk() if part.get_content_type() == "message/delivery-status"), None)
    message = _message_of(mail, content)
    if status is None or message is None:
        return None
    fields = _fields(status)
    is_final = fields.get("action", "").lower() == "failed" and fields.get("status", "5").startswith("5")
    words = " ".join(fields.get(name, "") for name in ("status", "diagnostic-code")).strip()
    return Report(message, is_final, " ".join(words.split())[:300] or "The message came back.")


def _message_of(mail: Message, content: bytes) -> UUID | None:
    """Our number: in the address it came back to, or in the headers of the message that is returned with it."""
    returned = " ".join(str(mail.get(name, "")) for name in ("To", "Delivered-To", "X-Original-To"))
    if found := _RETURNED.search(returned):
        return UUID(found.group(1))
    found = _NUMBER.search(content.decode("ascii", errors="replace"))
    return UUID(found.group(1)) if found else None


def _fields(status: Message) -> dict[str, str]:
    """The fields of the first recipient that says what happened."""
    groups = status.get_payload()
    for group in groups if isinstance(groups, list) else ():
        if isinstance(group, Message) and "Action" in group:
            return {name.lower(): str(value).strip() for name, value in group.items()}
    return {}
