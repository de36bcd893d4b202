"""When boards are reminded: on working days of England, at ten on the clock there."""

from datetime import UTC, date, datetime

import pytest

from respondents.contacts.reminder_days import morning_of, reminder_days, working_day_before

pytestmark = pytest.mark.pure


def test_the_day_before_easter_is_the_thursday() -> None:
    assert working_day_before(date(2026, 4, 7)) == date(2026, 4, 2)


def test_days_7_14_21_and_the_last_two_are_moved_to_working_days() -> None:
    """Opened on 20 March 2026, a Friday: day 14 is Good Friday; closes on a Tuesday after a bank holiday."""
    assert reminder_days(date(2026, 3, 20), date(2026, 5, 5)) == [
        *(date(2026, 3, 27), date(2026, 4, 7), date(2026, 4, 10)),
        *(date(2026, 4, 30), date(2026, 5, 1)),
    ]


def test_a_short_wave_is_reminded_on_no_day_twice_and_never_outside_it() -> None:
    assert reminder_days(date(2012, 2, 1), date(2012, 2, 10)) == [date(2012, 2, 8), date(2012, 2, 9)]
    assert reminder_days(date(2012, 2, 1), date(2012, 2, 2)) == []


def test_ten_o_clock_is_ten_o_clock_in_summer_and_winter() -> None:
    assert morning_of(date(2026, 3, 27)).astimezone(UTC) == datetime(2026, 3, 27, 10, tzinfo=UTC)
    assert morning_of(date(2026, 3, 30)).astimezone(UTC) == datetime(2026, 3, 30, 9, tzinfo=UTC)
