"""Tests of the forecast: it holds as often as it says where its method fits, and refuses where it knows too little."""

import numpy as np
import pytest

from analysis.core.forecast import Before, forecast

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("per_day", "eligible", "days_left"),
    [([9, 9, 9, 9], 148, 10), ([1, 1, 1, 1, 0, 0], 148, 10), ([10] * 5, 50, 5), ([10] * 5, 148, 0), ([], 148, 9)],
)
def test_nothing_is_forecast_from_too_little_or_where_nothing_is_open(
    per_day: list[int], eligible: int, days_left: int
) -> None:
    assert forecast(per_day, eligible=eligible, days_left=days_left) is None


def test_the_pace_of_the_last_days_goes_on() -> None:
    found = forecast([0, 0, 5, 5, 5, 5, 5, 5, 5], eligible=1000, days_left=10)

    assert found is not None
    # 35 of about 980 silent boards a day in the window of a week: 0.5 per cent a day over ten days of 965 boards.
    assert found.expected == pytest.approx(35 + 965 * (1 - (1 - 35 / (7 * 982)) ** 10), abs=2)
    assert found.low < found.expected < found.high
    assert found.method == "pace"


def test_the_wave_before_says_what_share_of_the_silent_still_answers() -> None:
    found = forecast([10] * 6, eligible=148, days_left=10, before=Before(silent=88, answered_later=22))

    assert found is not None
    assert found.method == "previous"
    assert found.expected == pytest.approx(60 + 88 * 22.5 / 89, abs=1)


def test_a_short_wave_before_is_not_learnt_from() -> None:
    found = forecast([10] * 6, eligible=148, days_left=10, before=Before(silent=3, answered_later=3))

    assert found is not None
    assert found.method == "pace"


def test_where_boards_answer_at_an_even_pace_the_range_holds_about_nine_times_in_ten() -> None:
    generator, held, tried = np.random.default_rng(5), 0, 200
    for _ in range(tried):
        silent, days = 148, []
        for _ in range(18):
            days.append(int(generator.binomial(silent, 0.03)))
            silent -= days[-1]
        found = forecast(days[:8], eligible=148, days_left=10)
        assert found is not None
        held += found.low <= sum(days) <= found.high
    assert 0.85 <= held / tried <= 1


def test_the_same_days_give_the_same_forecast() -> None:
    assert forecast([3] * 8, eligible=148, days_left=4) == forecast([3] * 8, eligible=148, days_left=4)
