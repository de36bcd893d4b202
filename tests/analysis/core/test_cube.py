"""The cube: counts by stratum, kinds of missing answer kept apart, parts that add to the whole."""

import random

import polars as pl
import pytest

from analysis.core.cube import Cube, breakdown, count
from tests.analysis.core.examples import MISSING, cube_of, frame_of, small_questionnaire

pytestmark = pytest.mark.pure

QUESTIONNAIRE = small_questionnaire()
ROWS = [
    {"region": "North", "authority_type": "County", "A1": "agree", "B1.health": "dont_know"},
    {"region": "North", "A1": "refused", "B1.health": "very_good"},
    {"region": "South", "authority_type": "County", "A1": "not_asked"},
    {"A1": "agree"},
]


def same(one: Cube, other: Cube) -> bool:
    return (
        (one.strata, one.levels, one.items) == (other.strata, other.levels, other.items)
        and one.returns.tolist() == other.returns.tolist()
        and one.answers.tolist() == other.answers.tolist()
    )


def random_rows(number: int, *, seed: int) -> list[dict[str, str]]:
    """Return that many returns at random, some of them unattributed and with every kind of missing answer."""
    rng = random.Random(seed)
    rows = []
    for _ in range(number):
        row = {"region": rng.choice(["North", "South", ""]), "authority_type": rng.choice(["County", ""])}
        for code, item in QUESTIONNAIRE.items.items():
            if item.scale is not None:
                row[code] = rng.choice([*(option.code for option in item.scale.options), *MISSING])
        rows.append(row)
    return rows


def test_cube_keeps_every_kind_of_missing_answer_apart() -> None:
    cube = cube_of(ROWS, questionnaire=QUESTIONNAIRE)
    assert cube.total == 4
    assert cube.codes("A1") == {1: 2, -6: 1, -7: 1}
    assert cube.codes("B1.health") == {-9: 2, -8: 1, 1: 1}


def test_cube_counts_returns_at_each_level_of_a_stratum() -> None:
    cube = cube_of(ROWS, questionnaire=QUESTIONNAIRE)
    assert cube.sizes("region") == {"": 1, "North": 2, "South": 1}
    assert cube.sizes("authority_type") == {"": 2, "County": 2}


def test_breakdown_gives_the_codes_of_an_item_at_each_level() -> None:
    cube = cube_of(ROWS, questionnaire=QUESTIONNAIRE)
    assert breakdown(cube, "A1", by="region") == {"": {1: 1}, "North": {1: 1, -6: 1}, "South": {-7: 1}}
    assert breakdown(cube, "A1", by="authority_type") == {"": {1: 1, -6: 1}, "County": {1: 1, -7: 1}}


def test_count_of_nothing_is_an_empty_cube() -> None:
    cube = cube_of([], questionnaire=QUESTIONNAIRE)
    assert (cube.total, cube.codes("A1"), cube.sizes("region")) == (0, {}, {})
    assert breakdown(cube, "A1", by="region") == {}


def test_count_takes_empty_cells_as_not_answered_and_unattributed() -> None:
    frame = frame_of(ROWS, questionnaire=QUESTIONNAIRE)
    with_nulls = frame.with_columns(
        pl.col("region").replace("", None), pl.col("A1").replace(-9, None), pl.col("B1.health").replace(-9, None)
    )
    assert with_nulls.null_count().row(0) != frame.null_count().row(0)
    assert same(count(with_nulls, questionnaire=QUESTIONNAIRE), count(frame, questionnaire=QUESTIONNAIRE))


@pytest.mark.parametrize(("item", "code"), [("A1", 4), ("A1", -8), ("A1", 0), ("A1", -10), ("A1", 99)])
def test_count_refuses_a_code_that_is_not_on_the_scale(item: str, code: int) -> None:
    frame = frame_of(ROWS, questionnaire=QUESTIONNAIRE).with_columns(pl.lit(code, dtype=pl.Int8).alias(item))
    with pytest.raises(ValueError, match="A1 has codes that are"):
        count(frame, questionnaire=QUESTIONNAIRE)


@pytest.mark.parametrize("seed", range(5))
def test_cubes_of_the_parts_add_to_the_cube_of_the_whole(seed: int) -> None:
    rows = random_rows(60, seed=seed)
    cuts = sorted(random.Random(seed).sample(range(61), 2))
    parts = [rows[: cuts[0]], rows[cuts[0] : cuts[1]], rows[cuts[1] :]]
    first, second, third = (cube_of(part, questionnaire=QUESTIONNAIRE) for part in parts)
    assert same(first + second + third, cube_of(rows, questionnaire=QUESTIONNAIRE))


def test_cubes_of_the_regions_add_to_the_cube_of_the_nation() -> None:
    rows = random_rows(60, seed=7)
    north, south, nowhere = (
        cube_of([row for row in rows if row["region"] == region], questionnaire=QUESTIONNAIRE)
        for region in ("North", "South", "")
    )
    assert same(north + south + nowhere, cube_of(rows, questionnaire=QUESTIONNAIRE))


def test_cubes_on_different_strata_cannot_be_added() -> None:
    frame = frame_of(ROWS, questionnaire=QUESTIONNAIRE)
    by_region = count(frame, questionnaire=QUESTIONNAIRE, strata=("region",))
    with pytest.raises(ValueError, match="on the same strata"):
        by_region + count(frame, questionnaire=QUESTIONNAIRE)
