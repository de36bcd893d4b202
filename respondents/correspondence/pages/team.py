"""The correspondence as the survey team sees it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

from django.urls import reverse

from accounts.models import User
from respondents.correspondence.models import (
    Query,
    QueryState,
    QueryStep,
    ReopeningRequest,
    ReopeningWish,
    TeamMessage,
)
from respondents.correspondence.pages.board import QueryLine, Reopened, extensions_in_words, query_steps, reopened
from respondents.correspondence.pages.requests import RequestLine, request_line
from respondents.correspondence.pages.words import Said, answer_in_words, name_of, said, sections_in_words, topic_of
from respondents.form_pages import FormPage, board_form_page
from respondents.portal.words import past_in_words
from respondents.returns.models import Return
from respondents.returns.reopening import Reopening
from survey.counting import counted
from survey.models import Wave


@dataclass(frozen=True)
class BoardRow:
    """A board, what waits there, and when something was last said."""

    board: str
    waits: tuple[str, ...]
    last: str
    url: str


@dataclass(frozen=True)
class ThreadsPage:
    """Every board of a wave: those that wait for the team, those that have written, and the others."""

    wave: Wave
    lead: str
    waiting: tuple[BoardRow, ...]
    others: tuple[BoardRow, ...]
    silent: tuple[BoardRow, ...]
    is_narrowed: bool
    is_empty: bool


@dataclass(frozen=True)
class ThreadPage:
    """One board's thread, its queries, and what it would have reopened."""

    wave: Wave
    board: str
    state: str
    messages: tuple[Said, ...]
    queries: tuple[QueryLine, ...]
    wish: str
    wish_reason: str
    request: RequestLine | None
    reopened: tuple[Reopened, ...]
    extended: tuple[Reopened, ...]
    query_url: str
    reopen_url: str
    decline_url: str
    threads_url: str


@dataclass(frozen=True)
class TeamQueryPage:
    """One query with every step since."""

    wave: Wave
    board: str
    topic: str
    state: str
    steps: tuple[Said, ...]
    answer: str
    can_ask_again: bool
    close_url: str
    thread_url: str


def threads_page(wave: Wave, returns: Iterable[Return], *, name: str = "", now: datetime) -> ThreadsPage:
    """The boards, those that have waited longest first; of a name, only those of it, all told."""
    rows = [(_since(found), _row(wave, found, now=now)) for found in returns]
    every = sum(bool(since) for since, _ in rows)
    rows = [(since, row) for since, row in rows if name in row.board.casefold()]
    waiting = [row for _, row in sorted(((since, row) for since, row in rows if since), key=itemgetter(0))]
    others = tuple(row for since, row in rows if not since and (row.last or row.waits))
    lead = f"{counted(every, 'board')} {'waits' if every == 1 else 'wait'} for you."
    return ThreadsPage(
        wave=wave,
        lead=lead if every else "Nobody waits for you.",
        waiting=tuple(waiting),
        others=others,
        silent=tuple(row for since, row in rows if not since and not (row.last or row.waits)),
        is_narrowed=bool(name),
        is_empty=not rows,
    )


def _since(found: Return) -> datetime | None:
    """Since when a board has waited for the team; nothing if it does not."""
    wrote = _note(found, "last_message_at") if _note(found, "is_last_from_team") is False else None
    moments = (wrote, _note(found, "wished_at"), _note(found, "requested_at"), _note(found, "answered_at"))
    return min((moment for moment in moments if isinstance(moment, datetime)), default=None)


def _row(wave: Wave, found: Return, *, now: datetime) -> BoardRow:
    at = _note(found, "last_message_at")
    waits = {
        "A message to answer": _note(found, "is_last_from_team") is False,
        "Asks to reopen": _note(found, "wished_at"),
        "A reopening waits for approval": _note(found, "requested_at"),
        "A query was answered": _note(found, "answered_at"),
        "A query waits for the board": _note(found, "has_open_query"),
    }
    return BoardRow(
        board=str(found.board),
        waits=tuple(words for words, holds in waits.items() if holds),
        last=f"Last message {past_in_words(at, now=now)}" if isinstance(at, datetime) else "",
        url=reverse("team:thread", args=[wave.slug, found.pk]),
    )


def _note(found: Return, name: str) -> object:
    """What `boards_in` noted on a return."""
    return getattr(found, name, None)


def thread_page(
    found: Return,
    *,
    messages: Iterable[TeamMessage],
    queries: Iterable[Query],
    wish: ReopeningWish | None,
    request: ReopeningRequest | None,
    reopenings: Iterable[Reopening],
    person: User,
    now: datetime,
) -> ThreadPage:
    """Everything said with one board."""
    arguments = [found.wave.slug, found.pk]
    waiting = wish if wish and not wish.decision else None
    return ThreadPage(
        wave=found.wave,
        board=str(found.board),
        state=str(found.state.label),
        messages=tuple(said(each, reader=person, now=now) for each in messages),
        queries=tuple(
            QueryLine(topic_of(found, each), str(each.state.label), reverse("team:query", args=[*arguments, each.pk]))
            for each in queries
        ),
        wish=_wish(found, waiting, person=person, now=now) if waiting else "",
        wish_reason=waiting.reason if waiting else "",
        request=request_line(request, reader=person, now=now) if request else None,
        reopened=tuple(reopened(found, each, now=now) for each in reopenings),
        extended=extensions_in_words(found, now=now),
        query_url=reverse("team:new_query", args=arguments),
        reopen_url="" if request else reverse("team:reopen", args=arguments),
        decline_url=reverse("team:decline", args=arguments) if waiting else "",
        threads_url=reverse("team:threads", args=[found.wave.slug]),
    )


def _wish(found: Return, wish: ReopeningWish, *, person: User, now: datetime) -> str:
    who, when = name_of(wish.asked_by, reader=person), past_in_words(wish.asked_at, now=now)
    return f"{who} asked {when} to reopen {sections_in_words(found, wish.sections)}."


def team_query_page(
    found: Return, query: Query, steps: Sequence[QueryStep], *, person: User, now: datetime
) -> TeamQueryPage:
    """The query and what may be done about it."""
    arguments = [found.wave.slug, found.pk]
    is_closed = query.state == QueryState.CLOSED
    return TeamQueryPage(
        wave=found.wave,
        board=str(found.board),
        topic=topic_of(found, query),
        state=str(query.state.label),
        steps=query_steps(found, query, steps, reader=person, now=now),
        answer=answer_in_words(found, query, found.values.get(query.item)),
        can_ask_again=query.state != QueryState.OPEN,
        close_url="" if is_closed else reverse("team:close", args=[*arguments, query.pk]),
        thread_url=reverse("team:thread", args=arguments),
    )


def team_form_page(found: Return, *, title: str, lead: str) -> FormPage:
    """What stands around a form, and the way back to the messages with the board."""
    back_url = reverse("team:thread", args=[found.wave.slug, found.pk])
    return board_form_page(found, title=title, lead=lead, back_url=back_url)
