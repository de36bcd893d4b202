"""What several pages say of a return: where the person is, how far it has come, and where its pages are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from django.urls import reverse

from accounts.models import User
from respondents.portal.words import past_in_words, person_in_words, times_in_words
from respondents.returns.models import Return, ReturnState, Submission
from survey.schema.document import Page

CHECK = "check"


@dataclass(frozen=True)
class Place:
    """Which return a page is about: the strip under the header."""

    board: str
    wave: str
    times: str


@dataclass(frozen=True)
class State:
    """How far something has come: words first, colour second."""

    words: str
    colour: str = ""


@dataclass(frozen=True)
class Receipt:
    """A submission in a list."""

    words: str
    url: str


COLOURS = {
    ReturnState.NOT_STARTED: "app-tag-quiet",
    ReturnState.IN_PROGRESS: "govuk-tag--blue",
    ReturnState.SUBMITTED: "govuk-tag--green",
    ReturnState.CHANGED: "govuk-tag--yellow",
    ReturnState.WAITING: "govuk-tag--purple",
}


def place_of(found: Return, *, now: datetime) -> Place:
    """Where the person is."""
    return Place(str(found.board), found.wave.title, times_in_words(found, now=now))


def state_of(found: Return) -> State:
    """How far a return has come."""
    return State(str(found.state.label), COLOURS[found.state])


def last_change(found: Return, *, reader: User, now: datetime) -> str:
    """Who changed the return last, and when; nothing while nobody has."""
    if found.changed_at is None:
        return ""
    who = person_in_words(found.changed_by, reader=reader)
    return f"Last changed by {who} {past_in_words(found.changed_at, now=now)}"


def receipts_of(found: Return, submissions: Iterable[Submission], *, now: datetime) -> tuple[Receipt, ...]:
    """The submissions of a return, in the order given."""
    return tuple(
        Receipt(
            f"Submission {each.number}, {past_in_words(each.submitted_at, now=now)}",
            reverse("portal:receipt", args=[found.pk, each.number]),
        )
        for each in submissions
    )


def tasks_url(found: Return) -> str:
    """The list of sections: of the person on the return, or of the member of staff who takes answers by telephone."""
    if found.standing.heard:
        return reverse("helping:call", args=[found.wave.slug, found.pk])
    return reverse("portal:tasks", args=[found.pk])


def check_url(found: Return) -> str:
    """Where the answers are read before they are sent."""
    if found.standing.heard:
        return reverse("helping:call_check", args=[found.wave.slug, found.pk])
    return reverse("portal:check", args=[found.pk])


def door_url(found: Return, door: str, page: Page) -> str:
    """The address of a page of questions (`question`), or of what it sends to (`autosave`, `settle`)."""
    if found.standing.heard:
        return reverse(f"helping:call_{door}", args=[found.wave.slug, found.pk, page.code])
    return reverse(f"portal:{door}", args=[found.pk, page.code])


def page_url(found: Return, page: Page, *, item: str = "", come_from: str = "") -> str:
    """The address of a page of questions, perhaps of one item on it, perhaps with the way back."""
    back = f"?from={come_from}" if come_from else ""
    anchor = f"#id_{quote(item)}" if item else ""
    return door_url(found, "question", page) + back + anchor
