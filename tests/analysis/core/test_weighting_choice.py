"""Whether weights may be used is decided by the returns, by name of the level that forbids it; raking by two routes."""

from dataclasses import replace

import numpy as np
import pytest
import statsmodels.api as sm

from analysis.core.cube import Cube, count
from analysis.core.cube_parts import PARTS_OF_A_RETURN, part_of, weighted
from analysis.core.headlines import headline_tables, headlines
from analysis.core.plan_document import StatementsSpec
from analysis.core.shape import Population
from analysis.core.weighted_figures import weigh_headlines
from analysis.core.weighting import rake, weighted_share
from analysis.core.weighting_choice import Scheme, assess
from analysis.outputs.weighted_rows import weighted_row
from tests.analysis.core.examples import cube_of, small_questionnaire
from tests.golden.published import example, frame, lines, plan, population, questionnaire

pytestmark = pytest.mark.pure

TYPES = ("London borough", "Metropolitan", "Unitary", "County")
AGREE = {"agree", "strongly_agree"}
BY_TYPE = Scheme("post_stratification", ("authority_type",))
BY_REGION = Scheme("post_stratification", ("region",))
BOTH = Scheme("raking", ("authority_type", "region"))


def cube_with(counts: dict[tuple[str, str], int]) -> Cube:
    rows = [{"authority_type": kind, "region": region} for (kind, region), n in counts.items() for _ in range(n)]
    return cube_of(rows, questionnaire=small_questionnaire())


def munro() -> Cube:
    return count(frame(), questionnaire=questionnaire())


def test_by_type_the_returns_of_2012_may_be_weighted_as_w69_says() -> None:
    given_, expected = example("W69")
    found = assess(munro(), scheme=BY_TYPE, boards=population().boards)
    assert (found.is_allowed, found.reasons, found.left_out) == (True, (), 6)
    assert found.cost is not None
    assert sorted(found.cost.weights) == pytest.approx(sorted(expected["weights"]), abs=1e-6)
    assert found.cost.effective_size == pytest.approx(expected["n_eff"], abs=1e-4)
    assert sum(given_["returns"]) == 51


def test_by_region_they_are_refused_and_the_regions_are_named() -> None:
    found = assess(munro(), scheme=BY_REGION, boards=population().boards)
    assert not found.is_allowed
    assert "East Midlands has 8 boards and no return: nothing can stand for them." in found.reasons
    assert "South West has 1 return from 14 boards, fewer than 5." in found.reasons
    assert not assess(munro(), scheme=BOTH, boards=population().boards).is_allowed


@pytest.mark.parametrize(
    ("counts", "boards", "reason"),
    [
        (
            {("a", "n"): 5, ("b", "n"): 500},
            {"a": 40, "b": 960},
            "One return would count as 4.04 boards’ average, more than 3.",
        ),
        ({("a", "n"): 20, ("b", "n"): 80}, {"a": 100, "b": 100}, "The design effect is 1.56, more than 1.5."),
        ({("a", "n"): 4, ("b", "n"): 20}, {"a": 9, "b": 50}, "a has 4 returns from 9 boards, fewer than 5."),
        ({("a", "n"): 9, ("b", "n"): 6}, {"a": 8, "b": 60}, "a has 9 returns from 8 boards."),
    ],
)
def test_each_limit_refuses_by_itself(counts: dict[tuple[str, str], int], boards: dict[str, int], reason: str) -> None:
    found = assess(cube_with(counts), scheme=BY_TYPE, boards={"authority_type": boards})
    assert not found.is_allowed
    assert found.reasons == (reason,)


def test_a_group_that_answered_whole_needs_no_five_returns() -> None:
    found = assess(
        cube_with({("a", "n"): 3, ("b", "n"): 20}), scheme=BY_TYPE, boards={"authority_type": {"a": 3, "b": 30}}
    )
    assert found.is_allowed


def test_margins_that_cannot_both_be_reached_are_refused() -> None:
    counts = {("a", "n"): 10, ("b", "s"): 10}
    boards = {"authority_type": {"a": 20, "b": 30}, "region": {"n": 30, "s": 20}}
    found = assess(cube_with(counts), scheme=BOTH, boards=boards)
    assert found.reasons == ("The two margins cannot both be reached from these returns: weight by one of them only.",)


def test_without_returns_nothing_is_weighted_and_nothing_divided_by_nobody() -> None:
    found = assess(cube_with({}), scheme=BY_TYPE, boards={"authority_type": {"a": 20, "b": 30}})
    assert (found.is_allowed, found.cost, len(found.reasons)) == (False, None, 2)


@pytest.mark.parametrize("seed", range(6))
def test_raking_agrees_with_a_log_linear_model(seed: int) -> None:
    """The fitted table is that of a Poisson regression on both margins with the sample as offset (statsmodels)."""
    generator = np.random.default_rng(seed)
    sample = generator.integers(1, 30, size=(4, 10)).astype(float)
    wanted = generator.uniform(2, 20, size=(4, 10))  # any table with these margins has the same likelihood equations
    rows, columns = wanted.sum(axis=1), wanted.sum(axis=0)

    raked = np.array(rake(sample.tolist(), rows=rows.tolist(), columns=columns.tolist()))

    margins = np.hstack([np.kron(np.eye(4), np.ones((10, 1))), np.kron(np.ones((4, 1)), np.eye(10))[:, 1:]])
    model = sm.GLM(wanted.ravel(), margins, family=sm.families.Poisson(), offset=np.log(sample.ravel()))
    assert raked.ravel() == pytest.approx(model.fit(tol=1e-12).fittedvalues, rel=1e-6)


def test_raked_weights_reach_both_margins() -> None:
    counts = {("a", "n"): 12, ("a", "s"): 9, ("b", "n"): 8, ("b", "s"): 14}
    boards = {"authority_type": {"a": 40, "b": 60}, "region": {"n": 55, "s": 45}}
    found = assess(cube_with(counts), scheme=BOTH, boards=boards)
    assert found.weights is not None
    sums = cube_with(counts).returns * found.weights
    assert sums.sum(axis=1) == pytest.approx([43 * 0.40, 43 * 0.60])
    assert sums.sum(axis=0) == pytest.approx([43 * 0.55, 43 * 0.45])


def test_headlines_are_weighted_as_stratum_by_stratum() -> None:
    cube, assessment = munro(), assess(munro(), scheme=BY_TYPE, boards=population().boards)
    tables = headline_tables(cube, plan=plan(), population=population())
    found = headlines(plan(), tables=tables, boards=148)

    weighed = weigh_headlines(found, assessment, cube=cube, plan=plan(), population=population())

    assert len(weighed) == len(found) == 34
    (willing,) = (each for each in weighed if each.headline.finding == "willingness")
    # Worked by hand from the returns: agreement with T8-2 by type, of 8, 15, 19 and 9 returns.
    counts = [_agreeing(kind) for kind in TYPES]
    expected = weighted_share(counts, returns=[8, 15, 19, 9], population=[32, 36, 53, 27])
    assert willing.count / willing.base == pytest.approx(expected.unweighted)
    assert (willing.share, willing.se) == pytest.approx((expected.weighted, expected.se), abs=1e-6)
    assert willing.interval is not None
    assert willing.interval[0] < willing.share < willing.interval[1]


def test_a_weighted_figure_of_those_that_were_asked_alone_has_no_interval() -> None:
    """Of how many boards they are a part is not known."""
    cube, assessment = munro(), assess(munro(), scheme=BY_TYPE, boards=population().boards)
    found = headlines(plan(), tables=headline_tables(cube, plan=plan(), population=population()), boards=148)
    asked = [replace(each, figure=replace(each.figure, base=each.base - 1)) for each in found[:1]]

    (routed,) = weigh_headlines(asked, assessment, cube=cube, plan=plan(), population=population())

    assert (routed.interval, routed.se) == (None, None)
    assert (weighted_row(routed).interval, weighted_row(routed).se) == ("–", "–")


def test_raked_headlines_are_means_of_returns_each_with_the_weight_of_its_cell() -> None:
    """Some regions only, with margins that fit them; the returns of others have no weight."""
    boards = {
        "region": {"North East": 12, "North West": 23, "Yorkshire and the Humber": 15, "East of England": 11},
        "authority_type": {"Metropolitan": 21, "Unitary": 25, "County": 15},
    }
    cube = munro()
    assessment = assess(cube, scheme=BOTH, boards=boards)
    assert assessment.is_allowed, assessment.reasons
    assert assessment.weights is not None
    found = headlines(plan(), tables=headline_tables(cube, plan=plan(), population=population()), boards=148)
    some = Population(boards=boards, authorities=population().authorities)

    weighed = weigh_headlines(found, assessment, cube=cube, plan=plan(), population=some)

    (willing,) = (each for each in weighed if each.headline.finding == "willingness")
    kinds, regions = cube.levels
    counted = [
        (assessment.weights[kinds.index(row["authority_type"]), regions.index(row["region"])], row[_item()] in AGREE)
        for row in lines("returns_2012_synthetic.csv")
    ]
    total = sum(weight for weight, _ in counted)
    assert willing.base == sum(weight > 0 for weight, _ in counted) == cube.total - assessment.left_out
    assert willing.share == pytest.approx(sum(weight for weight, agrees in counted if agrees) / total, abs=1e-6)
    assert willing.se is None


def _item() -> str:
    """The item of the second statement of table 8."""
    spec = next(spec for spec in plan().specs if spec.id == "table_8")
    assert isinstance(spec, StatementsSpec)
    return next(row.item for row in spec.rows if row.id == "T8-2")


def _agreeing(kind: str) -> int:
    """How many returns of a type agree with the second statement of table 8, from the file of returns alone."""
    rows = [row for row in lines("returns_2012_synthetic.csv") if row["authority_type"] == kind]
    return sum(row[_item()] in AGREE for row in rows)


def test_a_cube_of_some_returns_and_a_weighted_one() -> None:
    cube = cube_with({("a", "n"): 3, ("b", "s"): 2})
    assert part_of(cube, stratum="region", level="n").total == 3
    assert part_of(cube, stratum="region", level="elsewhere").total == 0
    heavy = weighted(cube, weights=np.where(cube.returns > 0, 1.5, 0.0))
    assert heavy.total == 7.5 * PARTS_OF_A_RETURN
    with pytest.raises(ValueError, match="do not fit strata"):
        weighted(cube, weights=np.ones(2))
