"""The cube: counts by stratum, kinds of missing answer kept apart, parts that add to the whole."""

import operator
from collections.abc import Mapping, Sequence
from functools import reduce
from random import Random

import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.core.cube import Cube, Pair, breakdown, breakdown_by_item, count, join
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
        and {pair: counts.tolist() for pair, counts in one.joint.items()}
        == {pair: counts.tolist() for pair, counts in other.joint.items()}
    )


def joined_cube(rows: Sequence[Mapping[str, str]], pairs: Sequence[Pair]) -> Cube:
    frame = frame_of(rows, questionnaire=QUESTIONNAIRE)
    return join(count(frame, questionnaire=QUESTIONNAIRE), frame, pairs=pairs)


def some_row() -> st.SearchStrategy[dict[str, str]]:
    """Return any return: perhaps unattributed, with every kind of missing answer."""
    closed = {code: item.scale.options for code, item in QUESTIONNAIRE.items.items() if item.scale is not None}
    answers = {code: st.sampled_from([*(each.code for each in scale), *MISSING]) for code, scale in closed.items()}
    strata = {"region": st.sampled_from(["North", "South", ""]), "authority_type": st.sampled_from(["County", ""])}
    return st.fixed_dictionaries({**strata, **answers})


RETURNS = st.lists(some_row(), max_size=25)


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


@settings(max_examples=50)
@given(parts=st.lists(RETURNS, min_size=1, max_size=4), random=st.randoms(use_true_random=False))
def test_cubes_of_the_parts_in_any_order_add_to_the_cube_of_the_whole(
    parts: list[list[dict[str, str]]], random: Random
) -> None:
    pairs = [("A1", "B1.health")]
    whole = joined_cube([row for part in parts for row in part], pairs)
    random.shuffle(parts)

    added = reduce(operator.add, (joined_cube(part, pairs) for part in parts))

    assert same(added, whole)


@settings(max_examples=12)  # pandas takes its time
@given(rows=RETURNS)
def test_every_cell_is_what_pandas_counts(rows: list[dict[str, str]]) -> None:
    frame = frame_of(rows, questionnaire=QUESTIONNAIRE)
    cube = count(frame, questionnaire=QUESTIONNAIRE)
    other = pd.DataFrame(frame.to_dict(as_series=False))

    for code in cube.items:
        assert cube.codes(code) == other[code].value_counts().to_dict()
        for stratum in cube.strata:
            table = pd.crosstab(other[stratum], other[code])
            theirs = {level: {k: n for k, n in row.items() if n} for level, row in table.to_dict("index").items()}
            assert breakdown(cube, code, by=stratum) == theirs
    joint = breakdown_by_item(join(cube, frame, pairs=[("A1", "B2.police")]), "A1", by="B2.police")
    table = pd.crosstab(other["B2.police"], other["A1"])
    assert joint == {level: {k: n for k, n in row.items() if n} for level, row in table.to_dict("index").items()}


def test_cubes_on_different_strata_cannot_be_added() -> None:
    frame = frame_of(ROWS, questionnaire=QUESTIONNAIRE)
    by_region = count(frame, questionnaire=QUESTIONNAIRE, strata=("region",))
    with pytest.raises(ValueError, match="on the same strata"):
        by_region + count(frame, questionnaire=QUESTIONNAIRE)
