"""The same boards in two waves: linked, paired and tested; few boards neither shown nor tested."""

from collections import Counter

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.core.two_waves import BOARD, link, pair, specs_of
from tests.golden.published import example, questionnaire

pytestmark = pytest.mark.pure

(AGREE,) = specs_of(questionnaire().items["C1"])


def wave(answers: list[int], *, first: int = 1) -> pl.DataFrame:
    """A frame of boards numbered from `first` with these answers to C1."""
    boards = list(range(first, first + len(answers)))
    return pl.DataFrame({"C1": pl.Series(answers, dtype=pl.Int8), BOARD: pl.Series(boards, dtype=pl.Int64)})


def test_w39_twelve_boards_one_way_and_four_the_other() -> None:
    given_, expected = example("W39")
    more, fewer = given_["improved"], given_["worsened"]
    before = [4] * more + [1] * fewer + [2] * 10
    after = [1] * more + [5] * fewer + [1] * 10
    (found,), family = pair(link(wave(before), wave(after)), [AGREE])

    assert (found.only_later, found.only_earlier, found.both, found.neither) == (12, 4, 10, 0)
    assert found.p == pytest.approx(expected["p"], abs=1e-6)
    assert (family.size, found.adjusted) == (1, found.p)


def test_boards_in_one_wave_and_returns_without_a_board_are_counted_and_left_out() -> None:
    earlier = pl.concat([wave([1] * 12), pl.DataFrame({"C1": [1], BOARD: [None]}, schema=wave([1]).schema)])
    panel = link(earlier, wave([1] * 14, first=3))

    assert (panel.size, panel.only_earlier, panel.only_later, panel.unnamed) == (10, 2, 4, 1)


@pytest.mark.parametrize(("boards", "shaky"), [(9, False), (10, True), (19, True), (20, False)])
def test_under_ten_boards_nothing_is_tested_and_under_twenty_it_is_marked(boards: int, shaky: bool) -> None:
    (found,), family = pair(link(wave([1] * boards), wave([4] * boards)), [AGREE])

    assert (found.p is None, family.size) == (boards < 10, int(boards >= 10))
    assert found.is_shaky is shaky


def test_nobody_changing_is_no_clear_difference_and_no_division_by_nought() -> None:
    (found,), _ = pair(link(wave([1] * 12), wave([1] * 12)), [AGREE])
    assert (found.p, found.adjusted) == (1.0, 1.0)


def test_waves_without_returns_are_paired_without_a_figure() -> None:
    (found,), family = pair(link(wave([]), wave([])), [AGREE])
    assert (found.base, found.p, family.size) == (0, None, 0)


@settings(max_examples=25)
@given(st.lists(st.tuples(*[st.sampled_from([1, 2, 3, 4, 5, -9, -8, -7, -6])] * 2), max_size=60))
def test_the_paired_table_is_what_counting_by_hand_gives(answers: list[tuple[int, int]]) -> None:
    (found,), _ = pair(link(wave([a for a, _ in answers]), wave([b for _, b in answers])), [AGREE])
    by_hand = Counter((a, b) for a, b in answers if a > 0 and b > 0)

    assert found.counts == tuple(tuple(by_hand[a, b] for b in range(1, 6)) for a in range(1, 6))
    assert found.only_later == sum(number for (a, b), number in by_hand.items() if a > 2 >= b)
    assert found.only_earlier == sum(number for (a, b), number in by_hand.items() if b > 2 >= a)
    assert found.left_out == len(answers) - sum(by_hand.values())


def test_a_choice_is_paired_option_by_option_and_a_text_not_at_all() -> None:
    items = questionnaire().items
    choices = specs_of(items["A4"])
    assert {(spec.code, spec.column.partition(":")[0], spec.answers) for spec in choices} == {("A4", "A4", ("chosen",))}
    assert len({spec.column for spec in choices}) == len(choices)
    assert [code for code, item in items.items() if item.kind == "text" and specs_of(item)] == []
