"""Taking answers by telephone: the sections, and the answers to read back."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format

from accounts.models import User
from respondents.helping.pages.forms import board_url
from respondents.portal.pages.answers import AnsweredSection, Blank, check_page
from respondents.portal.pages.place import check_url, tasks_url
from respondents.portal.pages.returns import Task, tasks_page
from respondents.portal.words import moment_in_words
from respondents.returns.models import Return
from respondents.returns.telephone import Call
from respondents.together.overview import Overview
from survey.models import Wave


@dataclass(frozen=True)
class CallPage:
    """The sections of the return, and the way to the answers."""

    wave: Wave
    board: str
    lead: str
    summary: str
    tasks: tuple[Task, ...]
    check_url: str
    end_url: str
    board_url: str


@dataclass(frozen=True)
class ReadBackPage:
    """The answers to be read back; why they cannot be sent from here, if they cannot."""

    wave: Wave
    board: str
    lead: str
    sections: tuple[AnsweredSection, ...]
    blanks: tuple[Blank, ...]
    blanks_words: str
    can_submit: bool
    why_not: str
    has_changed: bool
    tasks_url: str


def call_page(found: Return, call: Call, *, person: User, by_agency: bool, now: datetime) -> CallPage:
    """Where the call begins and comes back to."""
    arguments = [found.wave.slug, found.pk]
    tasks = tasks_page(found, submissions=(), overview=Overview(), person=person, now=now, by_agency=by_agency)
    return CallPage(
        wave=found.wave,
        board=str(found.board),
        lead=f"From {call.voice}, {date_format(call.day, 'j F Y')}. You see and enter answers until you end this, "
        f"or until {moment_in_words(call.lasts_until)}.",
        summary=tasks.summary,
        tasks=tasks.tasks,
        check_url=check_url(found),
        end_url=reverse("helping:call_end", args=arguments),
        board_url=board_url(found),
    )


def read_back_page(found: Return, *, person: User, now: datetime, has_changed: bool = False) -> ReadBackPage:
    """The answers by section, as the chair would check them."""
    check = check_page(found, submissions=(), person=person, now=now)
    return ReadBackPage(
        wave=found.wave,
        board=str(found.board),
        lead="Read the answers back, change what is not right, and submit once the chair has declared them.",
        sections=check.sections,
        blanks=check.blanks,
        blanks_words=check.blanks_words,
        can_submit=bool(check.submit_url),
        why_not=_why_not(found),
        has_changed=has_changed,
        tasks_url=tasks_url(found),
    )


def _why_not(found: Return) -> str:
    if found.wave.needs_signature:
        return (
            "This survey asks for a second person’s signature, which nobody can give by telephone. The chair submits."
        )
    return "Nothing has changed since the last submission." if found.version else "Nothing is answered yet."
