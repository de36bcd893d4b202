"""What is written, or looked at again, only when messages are sent. Each room declares its own kinds."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import TypeVar
from uuid import UUID

from accounts.codes.issuing import code_letter
from accounts.outbox.letters import Letter, written
from accounts.outbox.models import Message, MessageKind

Letters = dict[UUID, Letter | None]
Writer = Callable[[Sequence[Message]], Letters]
W = TypeVar("W", bound=Writer)


def _codes(messages: Sequence[Message]) -> Letters:
    return {each.pk: code_letter(each) for each in messages}


_WRITERS: dict[str, Writer] = {MessageKind.SIGN_IN_CODE: _codes}


def writes(*kinds: MessageKind) -> Callable[[W], W]:
    """Declares who writes messages of these kinds, any number at once; nothing written means: not sent after all."""

    def mark(writer: W) -> W:
        _WRITERS.update(dict.fromkeys(kinds, writer))
        return writer

    return mark


def write_together(messages: Sequence[Message]) -> Letters:
    """The letters to hand over now, by the number of the message; nothing where there is nothing to send any more."""
    letters: Letters = {}
    for kind in sorted({*map(attrgetter("kind"), messages)}):
        of_kind = [each for each in messages if each.kind == kind]
        writer = _WRITERS.get(kind)
        letters |= writer(of_kind) if writer else {each.pk: written(each) for each in of_kind}
    return letters


def write(message: Message) -> Letter | None:
    """The letter of one message, or nothing."""
    return write_together([message])[message.pk]
