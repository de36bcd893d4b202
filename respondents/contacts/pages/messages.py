"""The messages of a wave with their fates."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from accounts.models import Role, User
from accounts.outbox.fates import RETRIABLE
from accounts.outbox.models import Message, MessageKind, MessageState
from respondents.contacts.pages.boards import fate_of
from respondents.paging import Leaf, leaf_of, page_of
from respondents.portal.pages.place import State
from respondents.portal.words import past_in_words
from survey.counting import counted
from survey.models import Wave

# Colleagues may quote answers to each other, which researchers never see.
PRIVATE = "What the people of a board write to each other is shown to them alone."
_RED = frozenset({MessageState.FAILED, MessageState.BOUNCED})


@dataclass(frozen=True)
class MessageRow:
    """One message."""

    kind: str
    to: str
    board: str
    fate: State
    when: str
    url: str


@dataclass(frozen=True)
class MessagesPage:
    """The messages that were asked for."""

    wave: Wave
    shown: str
    rows: tuple[MessageRow, ...]
    leaf: Leaf | None


@dataclass(frozen=True)
class MessagePage:
    """One message, and what became of it."""

    wave: Wave
    message: Message
    text: str
    kind: str
    fate: State
    when: str
    again_url: str
    messages_url: str


def messages_page(wave: Wave, found: "QuerySet[Message]", *, asked: QueryDict, now: datetime) -> MessagesPage:
    """One page of messages."""
    part = page_of(found, asked)
    named = wave.returns.filter(pk__in=[each.about for each in part if each.about]).select_related("board")
    boards = {each.pk: str(each.board) for each in named.defer("answers", "texts", "copied")}
    rows = tuple(
        MessageRow(
            kind=str(MessageKind(each.kind).label),
            to=each.recipient,
            board=boards.get(each.about, "") if each.about else "",
            fate=_fate(each, now=now),
            when=past_in_words(each.created_at, now=now),
            url=reverse("contacts:message", args=[wave.slug, each.pk]),
        )
        for each in part
    )
    return MessagesPage(wave, counted(part.paginator.count, "message"), rows, leaf_of(part, asked))


def message_page(wave: Wave, message: Message, *, person: User, now: datetime) -> MessagePage:
    """One message as it was written."""
    may_try = person.role == Role.RESEARCHER and message.state in RETRIABLE
    return MessagePage(
        wave=wave,
        message=message,
        text=PRIVATE if message.kind == MessageKind.COLLEAGUE else message.text,
        kind=str(MessageKind(message.kind).label),
        fate=_fate(message, now=now),
        when=past_in_words(message.created_at, now=now),
        again_url=reverse("contacts:again", args=[wave.slug, message.pk]) if may_try else "",
        messages_url=reverse("contacts:messages", args=[wave.slug]),
    )


def _fate(message: Message, *, now: datetime) -> State:
    return State(fate_of(message, now=now), "govuk-tag--red" if message.state in _RED else "")
