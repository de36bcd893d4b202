"""Who codes how much, and boards counted once for each code."""

from itertools import product

import pytest

from analysis.core.agreement import pair_agreement
from analysis.core.coding import Code, boards_per_code, double_coded, with_parents

pytestmark = pytest.mark.pure

FRAME = (
    Code("staff", "Staff", "."),
    Code("pay", "Pay", ".", parent="staff"),
    Code("cases", "Cases", ".", parent="staff"),
)


@pytest.mark.parametrize(("answers", "twice"), [(0, 0), (1, 1), (60, 60), (61, 30), (150, 30), (151, 31), (1000, 200)])
def test_all_of_up_to_sixty_are_coded_twice_and_a_fifth_of_more(answers: int, twice: int) -> None:
    names = [f"answer-{number}" for number in range(answers)]
    chosen = double_coded(names, seed="a wave")
    assert len(chosen) == twice
    assert chosen == double_coded(names[::-1], seed="a wave")
    assert chosen <= set(names)


def test_another_wave_has_another_sample() -> None:
    names = [f"answer-{number}" for number in range(200)]
    assert double_coded(names, seed="one") != double_coded(names, seed="two")


def test_a_parent_has_a_board_once_however_many_of_its_codes_it_has() -> None:
    boards = [{"pay"}, {"pay", "cases"}, {"pay", "cases", "staff"}, set(), {"gone"}]
    assert boards_per_code(boards, FRAME) == {"staff": 3, "pay": 3, "cases": 2}


def test_frames_that_go_in_circles_end() -> None:
    circle = (Code("a", "A", ".", parent="b"), Code("b", "B", ".", parent="a"))
    assert [with_parents(keys, circle) for keys in product("ab")] == [{"a", "b"}, {"a", "b"}]


def test_two_agree_by_chance_alone_where_one_of_them_always_says_the_same() -> None:
    """Expected agreement equals agreement, so kappa is 0 whatever the rest."""
    assert pair_agreement([0, 0, 0, 0], [1, 0, 0, 0]).kappa == 0
