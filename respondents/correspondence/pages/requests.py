"""What is shown of a reopening that waits for approval, ready to print."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from accounts.models import User
from respondents.correspondence.granting import ALONE
from respondents.correspondence.models import ReopeningRequest, Settled
from respondents.correspondence.pages.words import name_of, sections_in_words
from respondents.portal.words import moment_in_words, past_in_words
from survey.models import Wave


@dataclass(frozen=True)
class RequestLine:
    """A request that waits, and the way to its page."""

    words: str
    reason: str
    way: str
    url: str


@dataclass(frozen=True)
class RequestPage:
    """One request: what it would open, and what the person who looks may do. An address is blank where they may not."""

    wave: Wave
    board: str
    sections: str
    until: str
    reason: str
    asked: str
    asked_by: str
    state: str
    decision_reason: str
    hint: str
    approve_url: str
    end_url: str
    end_words: str
    thread_url: str


def request_line(request: ReopeningRequest, *, reader: User, now: datetime) -> RequestLine:
    """“Jo Patel asked 5 minutes ago to reopen section C until Friday 9 March 2012 at 17:00.”."""
    sections = sections_in_words(request.survey_return, request.sections)
    is_own = request.asked_by_id == reader.pk
    return RequestLine(
        words=f"{_asked(request, reader, now)} to reopen {sections} until {moment_in_words(request.until)}.",
        reason=request.reason,
        way="See it, or take it back" if is_own else "Approve or refuse it",
        url=_url("request", request),
    )


def request_page(request: ReopeningRequest, *, reader: User, now: datetime) -> RequestPage:
    """One request, as this researcher sees it."""
    found, waits, is_own = request.survey_return, not request.decision, request.asked_by_id == reader.pk
    hint = f"You asked for this, so another researcher approves it. {ALONE.format(request.pk)}"
    return RequestPage(
        wave=found.wave,
        board=str(found.board),
        sections=sections_in_words(found, request.sections),
        until=moment_in_words(request.until),
        reason=request.reason,
        asked=_asked(request, reader, now),
        asked_by=str(request.asked_by),
        state=_state(request, reader, now),
        decision_reason=request.decision_reason,
        hint=hint if waits and is_own else "",
        approve_url=_url("approve", request) if waits and not is_own else "",
        end_url=_url("end", request) if waits else "",
        end_words=end_words(request, reader=reader),
        thread_url=reverse("team:thread", args=[found.wave.slug, found.pk]),
    )


def end_words(request: ReopeningRequest, *, reader: User) -> str:
    """What ending it is called for this person."""
    return "Take it back" if request.asked_by_id == reader.pk else "Refuse"


def _asked(request: ReopeningRequest, reader: User, now: datetime) -> str:
    who = "You" if request.asked_by_id == reader.pk else str(request.asked_by)
    return f"{who} asked {past_in_words(request.asked_at, now=now)}"


def _state(request: ReopeningRequest, reader: User, now: datetime) -> str:
    if not request.decision or request.decided_at is None:
        return "Waits for approval"
    who = name_of(request.decided_by, reader=reader) if request.decided_by else "whoever runs the machine"
    return f"{Settled(request.decision).label} by {who} {past_in_words(request.decided_at, now=now)}"


def _url(name: str, request: ReopeningRequest) -> str:
    found = request.survey_return
    return reverse(f"team:{name}", args=[found.wave.slug, found.pk, request.pk])
