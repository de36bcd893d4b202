"""Days and times in the ways people type them; what is none is told with an example."""

from datetime import date, datetime

import pytest

from survey.typed_days import NoSuchDay, typed_day, typed_moment

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    "text", ["4 December 2026", "4 dec 2026", "04/12/2026", "4.12.2026", "2026-12-04", "Friday 4  December 2026 "]
)
def test_one_day_in_many_ways(text: str) -> None:
    assert typed_day(text) == date(2026, 12, 4)


@pytest.mark.parametrize(
    "text",
    [
        "4 December 2026 at 9:05",
        "Friday 4 December 2026 at 09:05",
        "4/12/2026, 9.05",
        "2026-12-04T09:05",
        "4 Dec 2026 09:05",
    ],
)
def test_one_moment_in_many_ways(text: str) -> None:
    assert typed_moment(text) == datetime.fromisoformat("2026-12-04T09:05")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("soon", "a day and a time such as"),
        ("4 December 2026", "a day and a time such as"),
        ("31 June 2026 at 9:00", "There is no such day"),
        ("4 Foo 2026 at 9:00", "There is no such day"),
        ("4 December 2026 at 25:00", "25:00 is no time of day"),
        ("4 December 1826 at 9:00", "a year from 2000 to 2099"),
    ],
)
def test_what_is_no_moment_is_told(text: str, why: str) -> None:
    with pytest.raises(NoSuchDay, match=why):
        typed_moment(text)
