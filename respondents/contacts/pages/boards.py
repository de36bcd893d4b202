"""The boards with their outcomes, and one board with everything that passed between it and the team."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.paginator import Page as Slice
from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import date_format

from accounts.models import Role, User
from accounts.outbox.models import Message, MessageKind, MessageState
from respondents.contacts.eligibility import KEPT
from respondents.contacts.models import (
    CameOfIt,
    ContactEntry,
    ContactKind,
    DispositionWords,
    OutcomeDecision,
)
from respondents.contacts.outcomes import Outcome
from respondents.paging import Leaf, leaf_of
from respondents.portal.pages.place import State, state_of
from respondents.portal.words import past_in_words
from respondents.returns.models import Return
from survey.counting import counted
from survey.models import Wave


@dataclass(frozen=True)
class FollowUp:
    """Somebody to come back to."""

    board: str
    url: str
    when: str
    what: str


@dataclass(frozen=True)
class OutcomeRow:
    """One board, how its return stands and what its outcome is."""

    board: str
    url: str
    state: State
    outcome: str
    why: str


@dataclass(frozen=True)
class Tally:
    """How many boards have one outcome."""

    words: str
    number: int


@dataclass(frozen=True)
class OverviewPage:
    """Whom to come back to today, and every board's outcome."""

    wave: Wave
    due: tuple[FollowUp, ...]
    tallies: tuple[Tally, ...]
    shown: str
    rows: tuple[OutcomeRow, ...]
    leaf: Leaf | None
    may_keep: bool


@dataclass(frozen=True)
class Happened:
    """Something that passed between the team and the board."""

    at: datetime
    when: str
    what: str
    fate: str
    note: str
    who: str
    url: str


@dataclass(frozen=True)
class ContactPage:
    """One board: its outcome and how that came about, and its timeline."""

    wave: Wave
    board: str
    state: State
    outcome: Outcome
    kept: str
    happened: tuple[Happened, ...]
    entry_url: str
    outcome_url: str
    board_url: str
    overview_url: str


def overview_page(
    wave: Wave,
    part: "Slice[Return]",
    *,
    due: Iterable[ContactEntry],
    outcomes: Mapping[UUID, Outcome],
    of_page: Mapping[UUID, Outcome],
    asked: QueryDict,
    person: User,
    today: date,
) -> OverviewPage:
    """The outcomes of the wave, a page at a time."""
    counts = Counter(str(each.disposition) for each in outcomes.values())
    return OverviewPage(
        wave=wave,
        due=tuple(_follow_up(wave, each, today=today) for each in due),
        tallies=tuple(Tally(str(each.label), counts[each]) for each in DispositionWords if counts[each]),
        shown=counted(part.paginator.count, "board"),
        rows=tuple(_row(wave, found, of_page[found.pk]) for found in part),
        leaf=leaf_of(part, asked),
        may_keep=person.role == Role.RESEARCHER,
    )


def contact_page(
    found: Return,
    outcome: Outcome,
    *,
    entries: Iterable[ContactEntry],
    decisions: Iterable[OutcomeDecision],
    messages: Iterable[Message],
    person: User,
    now: datetime,
) -> ContactPage:
    """Everything that passed, the latest first."""
    arguments = [found.wave.slug, found.pk]
    may_keep = person.role == Role.RESEARCHER
    happened = [
        *(_entry(each, now=now) for each in entries),
        *(_decision(each, now=now) for each in decisions),
        *(_message(found, each, now=now) for each in messages),
    ]
    return ContactPage(
        wave=found.wave,
        board=str(found.board),
        state=state_of(found),
        outcome=outcome,
        kept=KEPT if _is_kept(found, outcome) else "",
        happened=tuple(sorted(happened, key=lambda each: each.at, reverse=True)),
        entry_url=reverse("contacts:entry", args=arguments) if may_keep else "",
        outcome_url=reverse("contacts:outcome", args=arguments) if may_keep else "",
        board_url=reverse("helping:board", args=arguments),
        overview_url=reverse("contacts:overview", args=[found.wave.slug]),
    )


def fate_of(message: Message, *, now: datetime) -> str:
    """What became of a message, in words."""
    state = MessageState(message.state)
    if state == MessageState.SENT and message.sent_at:
        return f"Sent {past_in_words(message.sent_at, now=now)}"
    if state == MessageState.BOUNCED and message.bounced_at:
        return f"Came back {past_in_words(message.bounced_at, now=now)}"
    return str(state.label)


def _follow_up(wave: Wave, entry: ContactEntry, *, today: date) -> FollowUp:
    day = entry.follow_up or today
    when = "Today" if day == today else f"Since {date_format(day, 'l j F Y')}"
    found = entry.survey_return
    what = ". ".join(filter(None, (str(CameOfIt(entry.came_of_it).label), entry.note)))
    return FollowUp(found.board.area_name if found.board else "", _url(wave, found), when, what)


def _row(wave: Wave, found: Return, outcome: Outcome) -> OutcomeRow:
    why = f"Decided: {outcome.why}" if outcome.is_decided else outcome.why
    why = f"{why} {KEPT}" if _is_kept(found, outcome) else why
    board = found.board.area_name if found.board else ""
    return OutcomeRow(board, _url(wave, found), state_of(found), outcome.words, why)


def _is_kept(found: Return, outcome: Outcome) -> bool:
    return outcome.is_out and found.submitted_version is not None


def _url(wave: Wave, found: Return) -> str:
    return reverse("contacts:board", args=[wave.slug, found.pk])


def _entry(entry: ContactEntry, *, now: datetime) -> Happened:
    what = f"{ContactKind(entry.kind).label}: {CameOfIt(entry.came_of_it).label}"
    fate = f"Come back to it on {date_format(entry.follow_up, 'l j F Y')}" if entry.follow_up else ""
    return Happened(entry.at, _when(entry.at, now=now), what, fate, entry.note, str(entry.by), "")


def _decision(decision: OutcomeDecision, *, now: datetime) -> Happened:
    decided = DispositionWords(decision.disposition).label if decision.disposition else "as it follows from the data"
    when = _when(decision.at, now=now)
    return Happened(decision.at, when, f"Outcome decided: {decided}", "", decision.reason, str(decision.by), "")


def _message(found: Return, message: Message, *, now: datetime) -> Happened:
    what = f"{MessageKind(message.kind).label} to {message.recipient}"
    url = reverse("contacts:message", args=[found.wave.slug, message.pk]) if message.wave else ""
    when, fate = _when(message.created_at, now=now), fate_of(message, now=now)
    return Happened(message.created_at, when, what, fate, "", "", url)


def _when(moment: datetime, *, now: datetime) -> str:
    said = past_in_words(moment, now=now).removeprefix("on ")
    return said[:1].upper() + said[1:]
