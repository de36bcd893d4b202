"""Working days and bank holidays of England, and the two hours a year that clocks skip and show twice."""

from datetime import date, datetime

import pytest

from survey.working_days import (
    NoSuchMoment,
    holidays_between,
    is_working_day,
    moment_in_england,
    why_no_work,
    working_day_from,
    working_days,
)

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2012, 4, 6), "a bank holiday (Good Friday)"),
        (date(2012, 6, 5), "a bank holiday (Diamond Jubilee of Elizabeth II)"),
        (date(2012, 3, 3), "a Saturday"),
        (date(2012, 3, 2), ""),
    ],
)
def test_why_nobody_is_at_work(day: date, why: str) -> None:
    assert (why_no_work(day), is_working_day(day)) == (why, not why)


def test_scottish_holidays_are_working_days_in_england() -> None:
    assert is_working_day(date(2013, 1, 2))


def test_easter_is_skipped() -> None:
    assert working_day_from(date(2012, 4, 6)) == date(2012, 4, 10)
    assert working_days(date(2012, 4, 5), date(2012, 4, 10)) == 2
    assert [name for _, name in holidays_between(date(2012, 4, 1), date(2012, 4, 30))] == [
        "Good Friday",
        "Easter Monday",
    ]


@pytest.mark.parametrize(
    ("wall", "why"),
    [
        ("2012-03-25T01:30", "There is no 01:30 on 25 March 2012: the clocks go forward"),
        ("2012-10-28T01:30", "01:30 on 28 October 2012 comes twice: the clocks go back"),
    ],
)
def test_a_time_that_clocks_skip_or_show_twice_is_refused(wall: str, why: str) -> None:
    with pytest.raises(NoSuchMoment, match=why):
        moment_in_england(datetime.fromisoformat(wall))


@pytest.mark.parametrize(("month", "hours"), [(1, 0), (7, 1)])
def test_other_times_are_those_of_england(month: int, hours: int) -> None:
    offset = moment_in_england(datetime.fromisoformat(f"2012-{month:02}-25T09:00")).utcoffset()
    assert offset is not None
    assert offset.total_seconds() == hours * 3600
