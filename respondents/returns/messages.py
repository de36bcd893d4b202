"""A message to somebody about a return, as staff will find it."""

from datetime import datetime

from accounts.models import User
from accounts.outbox.letters import Letter
from accounts.outbox.models import Message, MessageKind
from accounts.outbox.queueing import new_message
from respondents.returns.models import Return


def message_about(
    found: Return, person: User, key: str, *, kind: MessageKind, letter: Letter, has_html: bool = False, now: datetime
) -> Message:
    """The message in memory; `found` names its wave."""
    to, wave = person.email, found.wave.slug
    return new_message(
        key, kind=kind, recipient=to, letter=letter, has_html=has_html, wave=wave, about=found.pk, now=now
    )
