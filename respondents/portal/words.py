"""Moments and people in full words, as the pages say them."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from respondents.returns.models import Return
from survey.moments import moment_in_words
from survey.schema.document import Item

__all__ = [
    "distance_in_words",
    "moment_in_words",
    "past_in_words",
    "person_in_words",
    "times_in_words",
    "unasked_words",
]


def past_in_words(moment: datetime, *, now: datetime) -> str:
    """A moment that is over: “today at 14:05”, or the whole date."""
    local = timezone.localtime(moment)
    if local.date() == timezone.localdate(now):
        return f"today at {date_format(local, 'H:i')}"
    return f"on {moment_in_words(moment)}"


def distance_in_words(moment: datetime, *, now: datetime) -> str:
    """How many days ahead a moment is: “today”, “tomorrow”, “in 3 days”."""
    days = (timezone.localdate(moment) - timezone.localdate(now)).days
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def times_in_words(found: Return, *, now: datetime) -> str:
    """When a return opens, closes or closed; that it is a test, before anything else."""
    times = _times(found, now=now)
    return f"Test: what you answer here will be deleted. {times}" if found.wave.is_test else times


def _times(found: Return, *, now: datetime) -> str:
    """“Closes Friday 2 March 2012 at 17:00, in 3 days”."""
    opens_at, closes_at = found.wave.opens_at, found.closes_at
    if now < opens_at:
        return f"Opens {moment_in_words(opens_at)}, {distance_in_words(opens_at, now=now)}"
    if now >= closes_at:
        return f"Closed on {moment_in_words(closes_at)}"
    return f"Closes {moment_in_words(closes_at)}, {distance_in_words(closes_at, now=now)}"


def unasked_words(items: Sequence[Item]) -> str:
    """That what was written is kept though its question is closed; nothing where none is."""
    if not items:
        return ""
    names = " and ".join(f"“{item.short}”" for item in items)
    return f"What you wrote at {names} is kept, but is no longer asked: another answer has changed."


def person_in_words(person: User | None, *, reader: User) -> str:
    """Who did it, as the reader would say it."""
    if person is None:
        return "the survey team"
    return "you" if person.pk == reader.pk else str(person)
