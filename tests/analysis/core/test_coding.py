"""Who codes how much, and boards counted once for each code."""

import random
from itertools import product

import numpy as np
import pytest
from statsmodels.stats.inter_rater import cohens_kappa, to_table

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


def test_kappa_is_what_statsmodels_reckons() -> None:
    chance = random.Random(44)
    for _ in range(50):
        first, second = (chance.choices((0, 1), k=30) for _ in range(2))
        expected = cohens_kappa(to_table(np.column_stack([first, second]), bins=2)[0], return_results=False)
        assert pair_agreement(first, second).kappa == pytest.approx(expected)
    assert pair_agreement([0, 0, 0, 0], [1, 0, 0, 0]).kappa == 0
    assert pair_agreement([1, 1], [1, 1]).kappa == 1
