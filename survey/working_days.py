"""Days on which people in England are at work, and moments on their clocks. Pure: no clock is read."""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

ENGLAND = ZoneInfo("Europe/London")
SATURDAY = 5


class NoSuchMoment(ValueError):
    """A moment that clocks in England never show, or show twice. Its text is a sentence."""


@lru_cache(maxsize=64)
def bank_holidays(year: int) -> dict[date, str]:
    """The bank holidays of England in a year, with their names."""
    return dict(holidays.country_holidays("GB", subdiv="ENG", years=year))


def why_no_work(day: date) -> str:
    """Why people are not at work on this day: “a Saturday”, “a bank holiday (Good Friday)”; empty on a working day."""
    if name := bank_holidays(day.year).get(day):
        return f"a bank holiday ({name})"
    return f"a {day:%A}" if day.weekday() >= SATURDAY else ""


def is_working_day(day: date) -> bool:
    """Whether people in England are at work on this day."""
    return not why_no_work(day)


def working_day_from(day: date) -> date:
    """This day, or the next one on which people are at work."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def working_days(first: date, last: date) -> int:
    """How many working days there are from the first day to the last, both counted."""
    return sum(is_working_day(first + timedelta(days=days)) for days in range((last - first).days + 1))


def holidays_between(first: date, last: date) -> tuple[tuple[date, str], ...]:
    """The bank holidays from the first day to the last, in order, with their names."""
    years: Collection[int] = range(first.year, last.year + 1)
    found = [each for year in years for each in bank_holidays(year).items()]
    return tuple(sorted(each for each in found if first <= each[0] <= last))


def moment_in_england(wall: datetime) -> datetime:
    """The moment at which clocks in England show this; NoSuchMoment where they skip it or show it twice."""
    early, late = (wall.replace(tzinfo=ENGLAND, fold=fold) for fold in (0, 1))
    if early.utcoffset() == late.utcoffset():
        return early
    if early.astimezone(UTC).astimezone(ENGLAND).replace(tzinfo=None) != wall:
        raise NoSuchMoment(
            f"There is no {wall:%H:%M} on {wall.day} {wall:%B %Y}: the clocks go forward from 01:00 to 02:00. "
            "Choose a time before 01:00 or from 02:00"
        )
    raise NoSuchMoment(
        f"{wall:%H:%M} on {wall.day} {wall:%B %Y} comes twice: the clocks go back from 02:00 to 01:00 that night. "
        "Choose a time before 01:00 or from 02:00"
    )
