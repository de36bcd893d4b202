"""Weights, raking and comparisons refuse what they cannot do, in sentences."""

import numpy as np
import pytest

from analysis.core.agreement import Publication, alpha, alpha_of_code, may_publish, pair_agreement
from analysis.core.bounds import tipping_point, worst_case_bounds
from analysis.core.paired import mcnemar_p, net_agreement
from analysis.core.two_surveys import difference, holm, mann_whitney, proportional_odds
from analysis.core.weighting import NotConverged, post_stratify, rake, weighted_share

pytestmark = pytest.mark.pure


def test_a_stratum_without_returns_is_refused() -> None:
    with pytest.raises(ValueError, match="Stratum 2 has no return: merge it with another"):
        post_stratify([3, 0], population=[10, 8])
    with pytest.raises(ValueError, match="Stratum 1 has 11 returns from 10 boards"):
        post_stratify([11, 3], population=[10, 8])


def test_a_weighted_share_is_the_mean_of_weighted_boards() -> None:
    weights = post_stratify([8, 15], population=[40, 20]).weights
    boards = np.repeat(weights, [8, 15])
    answers = np.repeat([1, 0, 1, 0], [5, 3, 9, 6])
    found = weighted_share([5, 9], returns=[8, 15], population=[40, 20])
    assert found.weighted == pytest.approx(float(np.average(answers, weights=boards)))


def test_a_single_return_has_no_variance_unless_it_is_all_there_is() -> None:
    with pytest.raises(ValueError, match="one return has no variance"):
        weighted_share([1, 2], returns=[1, 4], population=[3, 9])
    assert weighted_share([1, 9], returns=[1, 9], population=[1, 9]).se == 0


def test_raking_says_what_keeps_it_from_the_margins() -> None:
    with pytest.raises(ValueError, match="The margins differ: 10 by rows, 11 by columns"):
        rake([[1, 2], [3, 4]], rows=[4, 6], columns=[5, 6])
    with pytest.raises(ValueError, match="has boards but no returns"):
        rake([[0, 0], [3, 4]], rows=[4, 6], columns=[5, 5])
    with pytest.raises(NotConverged, match="cannot both be reached"):
        rake([[1, 0], [0, 1]], rows=[4, 6], columns=[5, 5])


def test_raked_tables_have_both_margins_and_keep_their_odds_ratio() -> None:
    table = np.array(rake([[10, 20], [15, 12]], rows=[60, 88], columns=[70, 78]))
    assert table.sum(axis=1) == pytest.approx([60, 88])
    assert table.sum(axis=0) == pytest.approx([70, 78])
    assert table[0, 0] * table[1, 1] / table[0, 1] / table[1, 0] == pytest.approx(10 * 12 / 20 / 15)


@pytest.mark.parametrize(
    ("reliability", "positives", "expected"),
    [
        (0.80, 5, Publication.COUNT),
        (0.79, 5, Publication.UNRELIABLE),
        (0.66, 5, Publication.NOTHING),
        (1.0, 4, Publication.WORDS),
    ],
)
def test_what_may_be_printed_of_a_code(reliability: float, positives: int, expected: Publication) -> None:
    assert may_publish(reliability, positives=positives) is expected


def test_coders_who_never_differ_agree_wholly() -> None:
    assert alpha([[1, 1, None], [1, 1, 1]]) == 1
    assert pair_agreement([0, 0], [0, 0]).kappa == 1
    assert pair_agreement([0, 0], [0, 0]).positive is None
    assert pair_agreement([1, 1, 0], [1, 0, 0]).positive == pytest.approx(2 / 3)


def test_agreement_on_a_code_that_nobody_gave_says_nothing() -> None:
    assert alpha_of_code([[0, 0, 1], [0, 0, None]]) is None  # one coder gave it where the other did not look
    assert alpha_of_code([[], []]) is None
    assert alpha_of_code([[0, 1, 1], [0, 1, None]]) == 1


def test_codings_that_cannot_be_compared_are_refused() -> None:
    with pytest.raises(ValueError, match="an answer that two people have coded"):
        alpha([[1, None], [None, 0]])
    with pytest.raises(ValueError, match="coded 2 and 1 answers"):
        pair_agreement([1, 0], [1])


def test_surveys_that_cannot_be_compared_are_refused() -> None:
    with pytest.raises(ValueError, match="different scales: 3 options and 2"):
        mann_whitney([1, 2, 3], [1, 2])
    with pytest.raises(ValueError, match="without answers"):
        mann_whitney([0, 0], [1, 2])
    with pytest.raises(ValueError, match="same answer"):
        proportional_odds([4, 0], [9, 0])
    assert holm([]).size == 0


def test_the_same_share_twice_is_no_difference() -> None:
    found = difference((10, 10), bases=(20, 20))
    assert (found.difference, found.p) == (0, 1)
    assert found.low == pytest.approx(-found.high)


def test_nobody_silent_leaves_nothing_open() -> None:
    bounds = worst_case_bounds(6, n=8, population=8)
    assert bounds.low == bounds.high == 0.75
    tip = tipping_point(6, n=8, population=8)
    assert (tip.needed, tip.share, tip.is_possible) == (0, 0, True)
    assert not tipping_point(0, n=6, population=8).is_possible
    assert net_agreement(6, disagree=2, base=8, population=8).se == 0
    assert mcnemar_p(0, worsened=0) == 1
