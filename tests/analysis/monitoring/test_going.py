"""How a survey went is told as far as no few boards can be made out in it."""

import pytest

from analysis.monitoring.going import completion, may_be_told, minutes_words
from analysis.monitoring.pages.answering import Count, counts_of

pytestmark = pytest.mark.pure


def test_minutes_of_few_are_withheld() -> None:
    few, many = {"returns": 9, "median": 80}, {"returns": 10, "median": 80}
    none = {"returns": 0, "median": None}
    assert minutes_words({"minutes": few, "active": few}) == (
        "Withheld, [c]: fewer than 10 boards said how long it took."
    )
    assert "80 minutes (median of 10 returns), colleagues included" in minutes_words({"minutes": many, "active": few})
    assert minutes_words({"minutes": none, "active": none}) == "Nobody has said how long it took."


def test_a_distribution_leaves_whole_from_thirty() -> None:
    assert not may_be_told(counts_of({"a": 28, "b": 1}))
    assert may_be_told(counts_of({"a": 29, "b": 1}))
    assert not may_be_told(tuple[Count, ...]())


def test_completion_is_of_those_that_had_begun() -> None:
    told = completion({"outcomes": {"complete": 40, "partial": 17, "break_off": 3, "refusal": 5}})
    assert str(told) == "57 of 60 boards that had begun (95%)"
    assert completion({}) is None
