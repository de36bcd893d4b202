"""What is written, or looked at again, only when a message is sent. Each room declares its own kinds."""

from collections.abc import Callable
from typing import TypeVar

from accounts.codes.issuing import code_letter
from accounts.outbox.letters import Letter, written
from accounts.outbox.models import Message, MessageKind

Writer = Callable[[Message], Letter | None]
W = TypeVar("W", bound=Writer)

_WRITERS: dict[str, Writer] = {MessageKind.SIGN_IN_CODE: code_letter}


def writes(*kinds: MessageKind) -> Callable[[W], W]:
    """Declares who writes messages of these kinds when they are sent; nothing written means: not sent after all."""

    def mark(writer: W) -> W:
        _WRITERS.update(dict.fromkeys(kinds, writer))
        return writer

    return mark


def write(message: Message) -> Letter | None:
    """The letter to hand over now, or nothing if there is nothing to send any more."""
    return _WRITERS.get(message.kind, written)(message)
