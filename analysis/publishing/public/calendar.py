"""The release calendar: what is to come, with every change to its day; what came out; what is delayed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from analysis.publishing.models import CalendarEntry
from analysis.publishing.moments import is_short_notice
from analysis.publishing.standing import Standing
from survey.moments import day_in_words, moment_in_words


@dataclass(frozen=True)
class Entry:
    """One publication of the calendar: its title and days, and nothing of what it will say."""

    title: str
    when: str
    state: str
    changes: tuple[str, ...]
    url: str = ""


@dataclass(frozen=True)
class CalendarPage:
    """The calendar."""

    upcoming: tuple[Entry, ...]
    out: tuple[Entry, ...]


def calendar_page(found: Iterable[Standing], *, now: datetime) -> CalendarPage:
    """What is to come first, the next one first; then what is out, the latest first."""
    announced = [each for each in found if each.announcements]
    coming = sorted((each for each in announced if not each.is_out(now=now)), key=_moment)
    out = sorted((each for each in announced if each.is_out(now=now)), key=_moment, reverse=True)
    return CalendarPage(tuple(_coming(each, now=now) for each in coming), tuple(map(_out, out)))


def changes_of(standing: Standing) -> Iterator[str]:
    """Every change to the day, with its reason; the reason of a short notice."""
    before: CalendarEntry | None = None
    for each in standing.announcements:
        if before is None and each.reason:
            short = ", less than four weeks ahead" if is_short_notice(each.moment, now=each.made_at) else ""
            yield f"Announced on {day_in_words(each.made_at)}{short}: {each.reason}"
        if before is not None and each.moment != before.moment:
            was, made = day_in_words(before.moment), day_in_words(each.made_at)
            yield f"Moved on {made} from {was} to {day_in_words(each.moment)}: {each.reason}"
        before = each


def _moment(standing: Standing) -> datetime:
    return standing.announcements[-1].moment


def _coming(standing: Standing, *, now: datetime) -> Entry:
    moment = _moment(standing)
    if standing.withdrawal:
        return Entry(standing.publication.title, moment_in_words(moment), "Cancelled", tuple(changes_of(standing)))
    state = "Confirmed" if moment > now else "Delayed: it did not come out on this day. A new day will stand here"
    return Entry(standing.publication.title, moment_in_words(moment), state, tuple(changes_of(standing)))


def _out(standing: Standing) -> Entry:
    url = reverse("publications:page", args=[standing.publication.slug])
    state = "Withdrawn" if standing.withdrawal else "Published"
    title = standing.publication.title
    return Entry(title, moment_in_words(_moment(standing)), state, tuple(changes_of(standing)), url)
