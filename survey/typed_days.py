"""Days and times as people type them: “4 December 2026 at 9:00”, “4/12/2026 9.00”, “2026-12-04T09:00”. Pure."""

import re
from datetime import date, datetime

MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_DAY = (
    r"(?:(?P<d>\d{1,2})[ ./-]+(?P<m>\d{1,2}|[a-z]{3,9})[ ./-]+(?P<y>\d{4})|(?P<iy>\d{4})-(?P<im>\d{2})-(?P<id>\d{2}))"
)
_TIME = r"(?:(?:\s*,)?\s+(?:at\s+)?|t)(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::00)?"
_ONLY_DAY = re.compile(_DAY)
_DAY_AND_TIME = re.compile(_DAY + _TIME)
_WEEKDAY = re.compile(r"^(?:mon|tues|wednes|thurs|fri|satur|sun)day,? +")
EARLIEST, LATEST = 2000, 2099


class NoSuchDay(ValueError):
    """What was typed is no day, or no time. Its text is a sentence."""


def typed_day(text: str) -> date:
    """The day; NoSuchDay says how to type one."""
    match = _ONLY_DAY.fullmatch(_plain(text))
    if match is None:
        raise NoSuchDay("Enter a day such as 4 December 2026")
    return _day(match)


def typed_moment(text: str) -> datetime:
    """The day and the time on a clock, without a zone; NoSuchDay says how to type them."""
    match = _DAY_AND_TIME.fullmatch(_plain(text))
    if match is None:
        raise NoSuchDay("Enter a day and a time such as 4 December 2026 at 17:00")
    day, hour, minute = _day(match), int(match["hour"]), int(match["minute"])
    try:
        return datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001 -- a time on a clock
    except ValueError:
        raise NoSuchDay(f"{match['hour']}:{match['minute']} is no time of day. Use 00:00 to 23:59") from None


def _plain(text: str) -> str:
    return _WEEKDAY.sub("", " ".join(text.casefold().split()))


def _day(match: re.Match[str]) -> date:
    year, day = int(match["y"] or match["iy"]), int(match["d"] or match["id"])
    if not EARLIEST <= year <= LATEST:
        raise NoSuchDay(f"Enter a year from {EARLIEST} to {LATEST}")
    try:
        return date(year, _month(match["m"] or match["im"]), day)
    except ValueError:
        raise NoSuchDay("There is no such day. Enter a day such as 4 December 2026") from None


def _month(text: str) -> int:
    """The number of a month; ValueError if there is none of this name."""
    if text.isdigit():
        return int(text)
    return next(
        (place for place, name in enumerate(MONTHS, start=1) if name.startswith(text)), 0
    )  # 0 is no month, and refused as such
