"""Words for shares say no more than the counts."""

import pytest

from analysis.core.wording import holds_for_population, is_borne_out

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("words", "fewest", "most"),
    [
        ("all", 200, 200),
        ("the vast majority", 170, 200),
        ("over four fifths", 161, 200),
        ("over three quarters", 151, 200),
        ("about two thirds", 126, 140),
        ("most", 101, 200),
        ("about half", 96, 104),
        ("nearly half", 90, 99),
        ("about two fifths", 76, 84),
        ("about a third", 62, 72),
        ("about a quarter", 46, 54),
        ("one in five", 36, 44),
        ("a small number", 0, 5),
    ],
)
def test_the_words_hold_between_their_limits_and_nowhere_else(words: str, fewest: int, most: int) -> None:
    assert [k for k in range(201) if is_borne_out(words, k=k, n=200)] == list(range(fewest, most + 1))


def test_a_majority_of_answers_need_not_be_one_of_all_boards() -> None:
    assert is_borne_out("over half", k=29, n=57)
    assert not holds_for_population("over half", low_count=60, population=148, differs=False)
    assert holds_for_population("over half", low_count=99, population=148, differs=False)
    assert not holds_for_population("over half", low_count=99, population=148, differs=True)


def test_words_that_cannot_be_checked_are_refused_with_those_that_can() -> None:
    with pytest.raises(
        ValueError, match="“lots” is not a claim that can be checked: use one of all, the vast majority"
    ):
        is_borne_out("lots", k=1, n=2)
    with pytest.raises(ValueError, match="n above zero"):
        is_borne_out("all", k=0, n=0)
