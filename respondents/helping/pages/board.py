"""One board: how its return stands, who did what and when, and the ways to help. Nothing on it is an answer."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page as Slice
from django.http import QueryDict
from django.urls import reverse

from accounts.models import Role, User
from respondents.contacts.eligibility import KEPT
from respondents.correspondence.models import QueryState
from respondents.correspondence.pages.board import Reopened, extended, reopened
from respondents.helping.boards import History
from respondents.paging import Leaf, leaf_of
from respondents.portal.pages.place import State, state_of
from respondents.portal.words import past_in_words, person_in_words, times_in_words
from respondents.returns.attribution import Attribution, Settled
from respondents.returns.models import Return, Save, SaveSource, Submission
from respondents.together.models import Contribution, Transfer
from respondents.together.pages.people import asked_in_words
from survey.counting import counted
from survey.models import Wave


@dataclass(frozen=True)
class Way:
    """Something that can be done for the board, and what comes of it."""

    words: str
    url: str
    hint: str


@dataclass(frozen=True)
class Person:
    """Somebody on the return, and what they do there."""

    name: str
    email: str
    does: str
    correct_url: str = ""


@dataclass(frozen=True)
class Done:
    """Something that happened: when, who did it, and what it was."""

    when: str
    who: str
    what: str


@dataclass(frozen=True)
class BoardPage:
    """Everything that the team may know of one return."""

    wave: Wave
    board: str
    state: State
    times: str
    kept: str
    ways: tuple[Way, ...]
    people: tuple[Person, ...]
    formerly: tuple[str, ...]
    submissions: tuple[Done, ...]
    granted: tuple[Reopened, ...]
    said: str
    attributed: tuple[Done, ...]
    saves: tuple[Done, ...]
    leaf: Leaf | None
    boards_url: str


def board_page(
    found: Return, history: History, saves: "Slice[Save]", *, asked: QueryDict, person: User, now: datetime
) -> BoardPage:
    """The page of one board."""
    return BoardPage(
        wave=found.wave,
        board=str(found.board),
        state=state_of(found),
        times=times_in_words(found, now=now),
        kept=KEPT if history.is_set_aside else "",
        ways=tuple(_ways(found)) if person.role == Role.RESEARCHER else (),
        people=(*_chairs(history), *_colleagues(found, history)),
        formerly=(*_transfers(history.transfers, now=now), *_ended(found, history, now=now)),
        submissions=tuple(_submission(each, person=person, now=now) for each in history.submissions),
        granted=(
            *(extended(each, now=now) for each in history.extensions),
            *(reopened(found, each, now=now) for each in history.reopenings),
        ),
        said=_said(history),
        attributed=tuple(_attributed(each, person=person, now=now) for each in history.attributed),
        saves=tuple(_save(found, each, person=person, now=now) for each in saves),
        leaf=leaf_of(saves, asked),
        boards_url=reverse("helping:boards", args=[found.wave.slug]),
    )


def _ways(found: Return) -> Iterator[Way]:
    """What a researcher may do for the board."""
    arguments = [found.wave.slug, found.pk]
    by_telephone = "Enter what the chair tells you, read it back, and submit it for them"
    yield Way("Take answers by telephone", reverse("helping:call_begin", args=arguments), by_telephone)
    said = "Note a call, letter or visit; read what passed, and decide the outcome"
    yield Way("Contact log", reverse("contacts:board", args=arguments), said)
    yield Way("Messages and queries", reverse("team:thread", args=arguments), "Write to it, or ask about an answer")
    yield Way("Give more time", reverse("helping:extend", args=arguments), "A later closing time for this board alone")
    reopening = "After closing, for a reason the board reads; another researcher approves it"
    yield Way("Ask to reopen sections", reverse("team:reopen", args=arguments), reopening)
    yield Way("Change the chair", reverse("succession:replace", args=arguments), "The return passes on as it stands")


def _chairs(history: History) -> Iterator[Person]:
    for person in history.chairs:
        yield Person(str(person), person.email, "Chairs the board", reverse("register:edit_person", args=[person.pk]))


def _colleagues(found: Return, history: History) -> Iterator[Person]:
    for each in history.contributions:
        if each.removed_at is None:
            yield Person(str(each.person), each.person.email, asked_in_words(found, each))


def _transfers(transfers: Iterable[Transfer], *, now: datetime) -> Iterator[str]:
    for each in transfers:
        left = f" in place of {each.from_person}" if each.from_person else ""
        yield f"{each.to_person} became chair{left} {past_in_words(each.made_at, now=now)}. The reason: {each.reason}"


def _ended(found: Return, history: History, *, now: datetime) -> Iterator[str]:
    ended: Iterable[Contribution] = (each for each in history.contributions if each.removed_at)
    for each in ended:
        if each.removed_at:
            yield f"{each.person}: {asked_in_words(found, each)}, until {past_in_words(each.removed_at, now=now)}"


def _submission(submission: Submission, *, person: User, now: datetime) -> Done:
    who = person_in_words(submission.submitted_by, reader=person)
    declared = f". Declared on the telephone by {submission.declared_by}" if submission.declared_by else ""
    what = f"Submission {submission.number}, reference {submission.reference}{declared}"
    return Done(_sentence(past_in_words(submission.submitted_at, now=now)), _sentence(who), what)


def _attributed(each: Attribution, *, person: User, now: datetime) -> Done:
    who, when = person_in_words(each.made_by, reader=person), past_in_words(each.made_at, now=now)
    name = each.duplicate.legacy_id or str(each.duplicate_id)[:8]
    return Done(_sentence(when), _sentence(who), f"Return {name}: {Settled(each.settled).label}. {each.reason}")


def _said(history: History) -> str:
    open_queries = sum(each.state != QueryState.CLOSED for each in history.queries)
    queries = f"{counted(len(history.queries), 'query').replace('querys', 'queries')}, {open_queries} not closed"
    return f"{counted(history.messages, 'message')}; {queries if history.queries else 'no query'}"


def _save(found: Return, save: Save, *, person: User, now: datetime) -> Done:
    when, who = past_in_words(save.made_at, now=now), person_in_words(save.made_by, reader=person)
    door = SaveSource(save.source).label
    return Done(_sentence(when), _sentence(who), f"{_items(found, save) or 'No item'}. {door}")


def _items(found: Return, save: Save) -> str:
    """How many items in which sections: “12 items in 2. Early help, 1 item in 3. Resources”."""
    questionnaire = found.wave.questionnaire
    touched = {*save.changes, *save.set_aside, *save.note.get("confirmed", ())} & questionnaire.items.keys()
    numbers = Counter(questionnaire.section_of(questionnaire.page_of(item).code).code for item in touched)
    sections = (section for section in questionnaire.sections if section.code in numbers)
    return ", ".join(f"{counted(numbers[section.code], 'item')} in {section.title}" for section in sections)


def _sentence(words: str) -> str:
    words = words.removeprefix("on ")
    return words[:1].upper() + words[1:]
