"""Numbers with their nouns, and words in a row."""

import pytest

from survey.counting import counted, listed

pytestmark = pytest.mark.pure


def test_counted_knows_one_from_many_and_writes_commas() -> None:
    assert [counted(number, "answer") for number in (0, 1, 2)] == ["0 answers", "1 answer", "2 answers"]
    assert counted(100_000, "authority", "authorities") == "100,000 authorities"


def test_the_last_of_several_words_stands_after_and() -> None:
    assert [listed(words) for words in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == ["", "A", "A and B", "A, B and C"]
