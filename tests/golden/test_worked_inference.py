"""The worked examples that belong to intervals, bounds, comparison of surveys, weighting, agreement and burden."""

from decimal import Decimal
from fractions import Fraction

import pytest

from analysis.core.agreement import alpha, pair_agreement
from analysis.core.bounds import tipping_point, worst_case_bounds
from analysis.core.burden import compliance_cost
from analysis.core.intervals import exact_interval, margin_of_error, wilson_interval
from analysis.core.paired import mcnemar_p, net_agreement
from analysis.core.percent import percent
from analysis.core.two_surveys import (
    benjamini_hochberg,
    difference,
    holm,
    mann_whitney,
    points_of_change,
    proportional_odds,
)
from analysis.core.weighting import clustering_design_effect, post_stratify, rake, weighted_share
from tests.golden.published import example

pytestmark = pytest.mark.pure

MILLIONTH = 1e-6


@pytest.mark.parametrize("name", ["W12", "W13", "W14", "W15", "W16", "W17", "W18", "W19", "W20", "W58", "W59"])
def test_w12_to_w20_w58_w59_intervals(name: str) -> None:
    given, expected = example(name)
    x, n, population = given["x"], given["n"], given["N"]

    exact = exact_interval(x, n=n, population=population)
    wilson = wilson_interval(x, n=n, population=population)

    assert [exact.low_count, exact.high_count] == expected["hypergeom_K"]
    assert (exact.low, exact.high) == pytest.approx(expected["hypergeom_prop"], abs=MILLIONTH)
    low, high = expected["wilson_fpc"]  # unclipped there: at W19 and W58 it passes what is possible
    possible = max(low, x / population), min(high, (x + population - n) / population)
    assert wilson == pytest.approx(possible, abs=MILLIONTH)
    if "wilson_no_fpc" in expected:
        assert wilson_interval(x, n=n) == pytest.approx(expected["wilson_no_fpc"], abs=MILLIONTH)


def test_w59_when_all_answered_there_is_a_point() -> None:
    assert exact_interval(7, n=12, population=12).is_point


def test_w21_worst_case_bounds() -> None:
    given, expected = example("W21")
    bounds = worst_case_bounds(given["x"], n=given["n"], population=given["N"])
    assert (bounds.low, bounds.high) == pytest.approx((expected["low"], expected["high"]), abs=MILLIONTH)


def test_w22_margin_of_error() -> None:
    given, expected = example("W22")
    assert margin_of_error(given["n"], population=given["N"]) == pytest.approx(expected["moe"], abs=MILLIONTH)


def test_w23_net_agreement() -> None:
    given, expected = example("W23")
    found = net_agreement(
        given["agree"], disagree=given["disagree"], base=given["base"], population=given["N"]
    )  # fmt: skip
    assert (found.net, found.se) == pytest.approx((expected["net"], expected["se"]), abs=MILLIONTH)


@pytest.mark.parametrize("name", ["W28", "W29", "W69", "W70"])
def test_w28_w29_w69_w70_post_stratification(name: str) -> None:
    given, expected = example(name)

    found = post_stratify(given["returns"], population=given["population"])

    assert found.weights == pytest.approx(expected["weights"], abs=MILLIONTH)
    assert found.design_effect == pytest.approx(expected["deff"], abs=MILLIONTH)
    assert found.effective_size == pytest.approx(expected["n_eff"], abs=1e-4)
    assert bool(found.refusals) == expected.get("refuse", False)


def test_w30_raking() -> None:
    given, expected = example("W30")
    found = rake(given["sample"], rows=given["row_margins"], columns=given["col_margins"])
    assert [list(row) for row in found] == [pytest.approx(row, abs=1e-4) for row in expected["fitted"]]


def test_w31_chairs_of_several_boards() -> None:
    _, expected = example("W31")
    found = clustering_design_effect([1] * 49 + [2] * 4)
    assert (found, 57 / found) == pytest.approx((expected["deff_max"], expected["n_eff_min"]), abs=1e-4)


@pytest.mark.parametrize("name", ["W32", "W33", "W34"])
def test_w32_to_w34_two_surveys(name: str) -> None:
    given, expected = example(name)

    found = difference((given["x_2012"], given["x_2010"]), bases=(given["n_2012"], given["n_2010"]))

    assert 100 * found.difference == pytest.approx(expected["diff_points"], abs=1e-3)
    assert (found.low, found.high) == pytest.approx(expected["ci"], abs=MILLIONTH)
    assert found.p == pytest.approx(expected["fisher_p"], abs=MILLIONTH)


def test_w60_two_finite_populations() -> None:
    given, expected = example("W60")
    found = difference(tuple(given["x"]), bases=tuple(given["n"]), populations=tuple(given["N"]))
    assert (found.low, found.high) == pytest.approx(expected["ci"], abs=MILLIONTH)


def test_w36_a_family_of_tests() -> None:
    given, expected = example("W36")

    found = holm(given["p_values"])

    below = [label for label, p in zip(given["labels"], found.adjusted, strict=True) if p < 0.05]
    assert (found.size, found.unadjusted_below, found.adjusted_below) == (
        *(expected["m"], expected["raw_below_05"], expected["holm_below_05"]),
    )
    assert below == expected["holm_significant"]
    assert benjamini_hochberg(given["p_values"]).adjusted_below == expected["bh_below_05"]


def test_w37_w38_ordered_scales() -> None:
    given, expected = example("W37")
    ranks = mann_whitney(given["counts_2012"], given["counts_2010"])
    assert ranks.u == expected["U"]
    assert ranks.p == pytest.approx(expected["p"], abs=1e-8)
    assert ranks.superiority == pytest.approx(expected["prob_superiority"], abs=MILLIONTH)
    given, expected = example("W38")
    odds = proportional_odds(given["counts_2012"], given["counts_2010"])
    assert odds.beta == pytest.approx(expected["beta"], abs=0.002)
    assert odds.odds_ratio == pytest.approx(expected["odds_ratio"], abs=0.002)


def test_w39_the_same_boards_in_two_waves() -> None:
    given, expected = example("W39")
    found = mcnemar_p(given["improved"], worsened=given["worsened"])
    assert found == pytest.approx(expected["p"], abs=MILLIONTH)


def test_w44_w45_agreement_of_coders() -> None:
    given, expected = example("W44")
    pair = pair_agreement(given["coder_a"], given["coder_b"])
    assert (pair.agreement, pair.kappa) == pytest.approx((expected["agreement"], expected["kappa"]), abs=MILLIONTH)
    given, expected = example("W45")
    codings = [given[f"coder_{name}"] for name in "abc"]
    assert alpha(codings) == pytest.approx(expected["alpha"], abs=MILLIONTH)


def test_w49_what_answering_cost() -> None:
    given, expected = example("W49")
    found = compliance_cost(
        given["responses"],
        median_minutes=given["median_minutes"],
        hourly_rate=Decimal(str(given["hourly_rate_gbp"])),
        recontacted=given["recontacted"],
        recontact_minutes=given["recontact_minutes"],
    )
    assert found == Decimal(str(expected["cost_gbp"]))


def test_w53_a_weighted_share() -> None:
    given, expected = example("W53")
    found = weighted_share(given["agree"], returns=given["returns"], population=given["population"])
    assert (found.unweighted, found.weighted, found.se) == pytest.approx(
        (expected["unweighted"], expected["weighted"], expected["se"]), abs=MILLIONTH
    )
    assert found.shift_points == pytest.approx(expected["shift_points"], abs=0.005)


@pytest.mark.parametrize("name", ["W54", "W55"])
def test_w54_w55_tipping_point(name: str) -> None:
    given, expected = example(name)
    found = tipping_point(given["agree"], n=given["returns"], population=given["N"])
    assert (found.needed, percent(found.needed, found.silent)) == (expected["needed"], expected["pct"])
    assert found.share == pytest.approx(expected["share_of_nonrespondents"], abs=MILLIONTH)


def test_w56_a_change_is_rounded_once() -> None:
    given, expected = example("W56")
    (x1, x2), (n1, n2) = given["x"], given["n"]
    assert points_of_change((x1, x2), bases=(n1, n2)) == expected["rounded"]
    assert points_of_change((x2, x1), bases=(n2, n1)) == -expected["rounded"]
    assert percent(x1, n1) - percent(x2, n2) == expected["difference_of_rounded"]
    assert float(100 * (Fraction(x1, n1) - Fraction(x2, n2))) == pytest.approx(expected["change_points"], abs=1e-3)
