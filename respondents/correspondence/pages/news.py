"""What the task list and a page of questions tell of the correspondence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from accounts.models import User
from respondents.correspondence.models import Decision, Query, ReopeningWish
from respondents.correspondence.overview import News
from respondents.correspondence.pages.board import Reopened, extended, reopened
from respondents.correspondence.pages.words import name_of, topic_of
from respondents.portal.words import past_in_words
from respondents.returns.models import Return


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere."""

    words: str
    url: str


@dataclass(frozen=True)
class NewsPanel:
    """What stands on the task list; an address is blank where this person has nothing to do there."""

    queries: tuple[Link, ...]
    reopened: tuple[Reopened, ...]
    wish: str
    ask_url: str
    messages_url: str
    last_message: str


def news_panel(found: Return, news: News, *, person: User, now: datetime) -> NewsPanel:
    """The news of the correspondence for this person."""
    may_write, has_closed = found.standing.may_read_all, now >= found.closes_at
    last = news.last
    wrote = f"{name_of(last.written_by, reader=person)}, {past_in_words(last.written_at, now=now)}" if last else ""
    return NewsPanel(
        queries=query_links(found, news.queries),
        reopened=(
            *([extended(news.extension, now=now)] if news.extension else []),
            *(reopened(found, each, now=now) for each in news.openness.reopenings),
        ),
        wish=_wish(news.wish) if news.wish else "",
        ask_url=reverse("correspondence:reopening", args=[found.pk]) if has_closed and found.standing.is_chair else "",
        messages_url=reverse("correspondence:messages", args=[found.pk]) if may_write else "",
        last_message=f"Last message: {wrote}" if wrote else "",
    )


def query_links(found: Return, queries: Iterable[Query]) -> tuple[Link, ...]:
    """The way to each query."""
    return tuple(
        Link(topic_of(found, each), reverse("correspondence:query", args=[found.pk, each.pk])) for each in queries
    )


def _wish(wish: ReopeningWish) -> str:
    if not wish.decision:
        return "You asked for this return to be reopened. The survey team has not decided yet."
    return "" if wish.decision == Decision.GRANTED else "The survey team has not reopened this return."
