"""Moments and people in words."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import User
from respondents.portal.words import moment_in_words, past_in_words, person_in_words, times_in_words
from respondents.returns.models import Return
from survey.models import Wave

pytestmark = pytest.mark.pure

CLOSES = datetime(2012, 3, 2, 17, 0, tzinfo=UTC)
WAVE = Wave(opens_at=datetime(2012, 2, 1, 9, 0, tzinfo=UTC), closes_at=CLOSES)


def test_moment_is_written_in_full() -> None:
    assert moment_in_words(CLOSES) == "Friday 2 March 2012 at 17:00"


def test_moment_in_summer_is_told_in_summer_time() -> None:
    assert moment_in_words(datetime(2012, 7, 2, 23, 30, tzinfo=UTC)) == "Tuesday 3 July 2012 at 00:30"


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (datetime(2012, 1, 31, 12, tzinfo=UTC), "Opens Wednesday 1 February 2012 at 09:00, tomorrow"),
        (datetime(2012, 2, 28, 12, tzinfo=UTC), "Closes Friday 2 March 2012 at 17:00, in 3 days"),
        (datetime(2012, 3, 2, 16, 59, tzinfo=UTC), "Closes Friday 2 March 2012 at 17:00, today"),
        (CLOSES, "Closed on Friday 2 March 2012 at 17:00"),
    ],
)
def test_times_of_a_wave_in_words(now: datetime, words: str) -> None:
    assert times_in_words(Return(wave=WAVE), now=now) == words


def test_past_is_today_or_a_date() -> None:
    now = datetime(2012, 2, 10, 14, 5, tzinfo=UTC)
    days = [past_in_words(now - timedelta(days=ago), now=now) for ago in (0, 1)]
    assert days == ["today at 14:05", "on Thursday 9 February 2012 at 14:05"]


def test_person_is_you_a_name_an_address_or_the_team() -> None:
    reader, named, unnamed = (
        User(pk=1),
        User(pk=2, name="Ann", email="a@example.org"),
        User(pk=3, email="b@example.org"),
    )
    assert [person_in_words(person, reader=reader) for person in (reader, named, unnamed, None)] == [
        "you", "Ann", "b@example.org", "the survey team",
    ]  # fmt: skip
