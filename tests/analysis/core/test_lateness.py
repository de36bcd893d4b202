"""Early beside late: exact tests, adjusted as a family, and what the silent would make of it."""

import numpy as np
import pytest
from scipy.stats import chi2_contingency, hypergeom

from analysis.core.item_response import item_responses
from analysis.core.lateness import compare_late, holm_adjusted
from tests.analysis.core.examples import cube_of, small_questionnaire
from tests.analysis.core.families import closed_test

pytestmark = pytest.mark.pure


@pytest.mark.parametrize("seed", range(5))
def test_holm_is_the_closed_test_of_bonferroni_s(seed: int) -> None:
    values = np.random.default_rng(seed).uniform(0, 0.3, size=9).round(2).tolist()  # some alike
    assert holm_adjusted(values) == pytest.approx(closed_test(values))


def test_a_family_of_nothing_is_adjusted_to_nothing() -> None:
    assert holm_adjusted([]) == ()


def test_p_is_the_chance_of_tables_at_least_as_far_from_even() -> None:
    (k, n), (later, late) = (30, 38), (8, 19)
    (found,) = compare_late([((k, n), (later, late))])

    def squared(among_late: int) -> float:
        rest = k + later - among_late
        table = [[rest, n - rest], [among_late, late - among_late]]
        return float(chi2_contingency(table, correction=False).statistic)

    possible = range(max(0, k + later - n), min(late, k + later) + 1)
    chances = {each: hypergeom.pmf(each, n + late, k + later, late) for each in possible}
    expected = sum(chance for each, chance in chances.items() if squared(each) >= squared(later) - 1e-9)
    assert found.p == pytest.approx(expected)
    assert found.difference == pytest.approx(100 * (8 / 19 - 30 / 38))


def test_fewer_than_ten_on_a_side_are_not_tested_and_do_not_count_in_the_family() -> None:
    small, tested = compare_late([((5, 9), (3, 19)), ((30, 38), (8, 19))])
    (alone,) = compare_late([((30, 38), (8, 19))])
    assert small.p is None
    assert tested.p == alone.p


def test_where_all_gave_the_answer_there_is_nothing_to_test() -> None:
    (found,) = compare_late([((38, 38), (19, 19))])
    assert (found.p, found.difference) == (1.0, 0.0)


def test_what_all_boards_would_say_if_the_silent_were_like_the_late() -> None:
    (found,) = compare_late([((30, 38), (8, 19))])
    assert found.percent_if_silent_are_late(population=148) == 52  # 38 + 91 * 8/19 = 76.3 of 148
    assert found.percent_if_silent_are_late(population=20) is None
    (nobody,) = compare_late([((30, 38), (0, 0))])
    assert (nobody.percent_if_silent_are_late(population=148), nobody.difference, nobody.p) == (None, None, None)


def test_item_response_keeps_dont_know_apart_from_no_answer() -> None:
    rows = [{"B1.health": "good"}] * 6 + [{"B1.health": "dont_know"}] * 3 + [{"B1.health": "refused"}]
    rows += [{}] * 2 + [{"B1.health": "not_asked"}] * 4
    items = item_responses(cube_of(rows, questionnaire=small_questionnaire()), questionnaire=small_questionnaire())
    found = next(item for item in items if item.code == "B1.health")
    assert (found.asked, found.answered, found.dont_know, found.not_answered, found.refused) == (12, 9, 3, 2, 1)
    assert (found.percent, found.is_low) == (75, True)


@pytest.mark.parametrize(("answered", "is_low"), [(53, False), (51, True)])
def test_an_item_is_flagged_below_nine_in_ten_as_w51_says(answered: int, is_low: bool) -> None:
    rows = [{"A1": "agree"}] * answered + [{}] * (57 - answered)
    (found, *_) = item_responses(
        cube_of(rows, questionnaire=small_questionnaire()), questionnaire=small_questionnaire()
    )
    assert (found.code, found.is_low) == ("A1", is_low)


def test_an_item_that_nobody_was_asked_has_no_rate() -> None:
    questionnaire = small_questionnaire()
    (found, *_) = item_responses(
        cube_of([{"A1": "not_asked"}] * 3, questionnaire=questionnaire), questionnaire=questionnaire
    )
    assert (found.asked, found.percent, found.is_low) == (0, None, False)
