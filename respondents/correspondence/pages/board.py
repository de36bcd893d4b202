"""The correspondence as the people on a return see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from accounts.models import User
from respondents.correspondence.models import Decision, Query, QueryState, QueryStep, ReopeningWish, TeamMessage
from respondents.correspondence.pages.words import (
    Said,
    answer_in_words,
    name_of,
    said,
    sections_in_words,
    topic_of,
)
from respondents.portal.pages.place import Place, page_url, place_of
from respondents.portal.words import moment_in_words, past_in_words
from respondents.returns.extension import Extension
from respondents.returns.models import Return
from respondents.returns.openness import Openness, openness_of
from respondents.returns.reopening import Reopening

STEPS = {QueryState.OPEN: "Asked again", QueryState.ANSWERED: "Answered", QueryState.CLOSED: "Closed"}


@dataclass(frozen=True)
class QueryLine:
    """A query in a list."""

    topic: str
    state: str
    url: str


@dataclass(frozen=True)
class Reopened:
    """What was reopened until when, and why."""

    words: str
    reason: str


@dataclass(frozen=True)
class MessagesPage:
    """The messages between a return and the survey team, and the queries there were."""

    place: Place
    messages: tuple[Said, ...]
    queries: tuple[QueryLine, ...]
    extended: tuple[Reopened, ...]
    tasks_url: str


@dataclass(frozen=True)
class QueryPage:
    """One query with every step since."""

    place: Place
    topic: str
    state: str
    steps: tuple[Said, ...]
    answer: str
    is_changed: bool
    can_answer: bool
    change_url: str
    reopening_url: str
    tasks_url: str


@dataclass(frozen=True)
class ReopeningPage:
    """What was reopened, what was wished, and the way to ask."""

    place: Place
    lead: str
    reopened: tuple[Reopened, ...]
    wish: str
    wish_reason: str
    decision: str
    decision_reason: str
    may_ask: bool
    tasks_url: str


def messages_page(
    found: Return, messages: Iterable[TeamMessage], queries: Iterable[Query], *, person: User, now: datetime
) -> MessagesPage:
    """The whole thread, the oldest first."""
    return MessagesPage(
        place=place_of(found, now=now),
        messages=tuple(said(each, reader=person, now=now) for each in messages),
        queries=tuple(
            QueryLine(
                topic_of(found, each), str(each.state.label), reverse("correspondence:query", args=[found.pk, each.pk])
            )
            for each in queries
        ),
        extended=extensions_in_words(found, now=now),
        tasks_url=reverse("portal:tasks", args=[found.pk]),
    )


def extensions_in_words(found: Return, *, now: datetime) -> tuple[Reopened, ...]:
    """Every extension of this return, the latest first; asks the database only if there is one."""
    if found.extended_until is None:
        return ()
    return tuple(extended(each, now=now) for each in found.extensions.order_by("-pk"))


def is_changed(found: Return, query: Query, steps: Iterable[QueryStep]) -> bool:
    """Whether the answer differs from the one that was asked about last."""
    asked = [query.stood, *(step.stood for step in steps if step.state == QueryState.OPEN)]
    return bool(found.values.get(query.item) != asked[-1])


def query_page(found: Return, query: Query, steps: Iterable[QueryStep], *, person: User, now: datetime) -> QueryPage:
    """The query, what was said since, and the two ways to answer."""
    taken, questionnaire = tuple(steps), found.wave.questionnaire
    page = questionnaire.page_of(query.item)
    section = questionnaire.section_of(page.code).code
    openness, waits = openness_of(found, now=now), query.state == QueryState.OPEN
    can_change = openness.allows(section) and found.standing.may_answer(section)
    can_ask = waits and found.standing.is_chair and not can_change
    return QueryPage(
        place=place_of(found, now=now),
        topic=topic_of(found, query),
        state=str(query.state.label),
        steps=query_steps(found, query, taken, reader=person, now=now),
        answer=answer_in_words(found, query, found.values.get(query.item)),
        is_changed=is_changed(found, query, taken),
        can_answer=waits and found.standing.is_chair,
        change_url=page_url(found, page, item=query.item) if can_change else "",
        reopening_url=reverse("correspondence:reopening", args=[found.pk]) if can_ask else "",
        tasks_url=reverse("portal:tasks", args=[found.pk]),
    )


def query_steps(
    found: Return, query: Query, steps: Iterable[QueryStep], *, reader: User, now: datetime
) -> tuple[Said, ...]:
    """The query as it was put, and every step since, with the answer as it stood each time it mattered."""

    def told(who: User, at: datetime, text: str, what: str, stood: str) -> Said:
        return Said(name_of(who, reader=reader), past_in_words(at, now=now), text, what, stood)

    first = told(query.asked_by, query.asked_at, query.text, "Asked", answer_in_words(found, query, query.stood))
    later = (
        told(
            step.made_by,
            step.made_at,
            step.text,
            STEPS[QueryState(step.state)],
            answer_in_words(found, query, step.stood) if step.state == QueryState.ANSWERED else "",
        )
        for step in steps
    )
    return (first, *later)


def reopening_page(
    found: Return, reopenings: Iterable[Reopening], wish: ReopeningWish | None, *, person: User, now: datetime
) -> ReopeningPage:
    """Everything that was ever reopened, and the last wish."""
    waits = wish is not None and not wish.decision
    may_ask = found.standing.is_chair and now >= found.closes_at and not waits
    return ReopeningPage(
        place=place_of(found, now=now),
        lead=_lead(found, openness_of(found, now=now), now=now),
        reopened=tuple(reopened(found, each, now=now) for each in reopenings),
        wish=_wish(found, wish, person=person, now=now) if wish else "",
        wish_reason=wish.reason if wish else "",
        decision=_decision(wish, person=person, now=now) if wish else "",
        decision_reason=wish.decision_reason if wish else "",
        may_ask=may_ask,
        tasks_url=reverse("portal:tasks", args=[found.pk]),
    )


def reopened(found: Return, reopening: Reopening, *, now: datetime) -> Reopened:
    """“Reopened until Friday 9 March 2012 at 17:00: …”."""
    verb = "Reopened until" if now < reopening.until else "Was reopened until"
    words = f"{verb} {moment_in_words(reopening.until)}: {sections_in_words(found, reopening.sections)}."
    return Reopened(words, reopening.reason)


def extended(extension: Extension, *, now: datetime) -> Reopened:
    """“More time until Friday 9 March 2012 at 17:00, instead of Friday 2 March 2012 at 17:00.”."""
    verb = "More time until" if now < extension.until else "Had more time until"
    words = f"{verb} {moment_in_words(extension.until)}, instead of {moment_in_words(extension.was)}."
    return Reopened(words, extension.reason)


def _lead(found: Return, openness: Openness, *, now: datetime) -> str:
    if now < found.closes_at:
        return "Nothing needs to be reopened: the survey has not closed. Answer and submit from the task list."
    if openness:
        return "Change what has to be changed, then submit again. The latest submission counts; earlier ones are kept."
    return (
        "The survey has closed. If something in your return has to be put right, say which sections and why. "
        "The survey team decides, and tells you by email."
    )


def _wish(found: Return, wish: ReopeningWish, *, person: User, now: datetime) -> str:
    who, when = name_of(wish.asked_by, reader=person), past_in_words(wish.asked_at, now=now)
    return f"{who} asked {when} to reopen {sections_in_words(found, wish.sections)}."


def _decision(wish: ReopeningWish, *, person: User, now: datetime) -> str:
    if not wish.decision or wish.decided_at is None:
        return "The survey team has not decided yet."
    if wish.decided_by is None:
        return f"{Decision(wish.decision).label} {past_in_words(wish.decided_at, now=now)}."
    who, when = name_of(wish.decided_by, reader=person), past_in_words(wish.decided_at, now=now)
    return f"{Decision(wish.decision).label} by {who} {when}."
