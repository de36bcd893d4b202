"""What a message says: plain text from a template, with nothing in it that could command a mail program."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from django.template import Context
from django.template.loader import get_template

from accounts.outbox.models import Message

LONGEST_SUBJECT: int = 200
# Marks that turn the direction of reading round could make an address or a figure read as another.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Letter:
    """A subject of one line, and a text."""

    subject: str
    text: str


def letter(subject: str, text: str) -> Letter:
    """The letter made safe: one line of subject; no control characters, half characters or turned directions."""
    one_line = " ".join(_plain(subject).split())
    return Letter(one_line[:LONGEST_SUBJECT], _plain(text).strip() + "\n")


def letter_from(template: str, context: Mapping[str, object], *, subject: str) -> Letter:
    """The letter whose text a template has."""
    plain_text = Context(dict(context), autoescape=False)
    return letter(subject, get_template(template).template.render(plain_text))  # type: ignore[attr-defined]


def written(message: Message) -> Letter:
    """The letter as it was queued."""
    return letter(message.subject, message.text)


def _plain(text: str) -> str:
    whole = text.replace("\r\n", "\n").replace("\r", "\n").encode(errors="replace").decode()
    return "".join(each for each in _TURNS.sub("", whole) if each in "\n\t" or unicodedata.category(each) != "Cc")
