"""Every figure of every table against a second, independent reckoning, on files of many sizes and shapes."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.core.plan import load_plan
from analysis.core.shape import Population
from analysis.core.tabulate import tabulate_plan
from analysis.core.tidy import tidy_rows
from survey.schema.document import Questionnaire, load
from tests.analysis.core.examples import FILES, PLAN, POPULATION, cube_of, small_questionnaire
from tests.analysis.core.reckoning import MISSING, Figure, Rows, reckon

pytestmark = pytest.mark.pure

ROOT = Path(__file__).parents[3]
SMALL = small_questionnaire()


def figures_of(
    rows: Rows, *, plan: str, files: dict[str, str], questionnaire: Questionnaire, population: Population
) -> dict[Figure, int | None]:
    """Return every figure but the comparators', as the tables have it."""
    loaded = load_plan(plan, questionnaire=questionnaire, files=files)
    tables = tabulate_plan(cube_of(rows, questionnaire=questionnaire), plan=loaded, population=population)
    theirs = tuple(f".{name}" for name in loaded.comparators)
    return {
        (row.table, row.row, row.column, row.measure): row.value
        for row in tidy_rows(tables)
        if not row.column.endswith(theirs)
    }


def answers(code: str) -> list[str]:
    scale = SMALL.items[code].scale
    return [*MISSING, *(option.code for option in scale.options)] if scale else []


SMALL_RETURNS = st.lists(
    st.fixed_dictionaries(
        {"region": st.sampled_from(["North", "South", ""])},
        optional={code: st.sampled_from(answers(code)) for code, item in SMALL.items.items() if item.scale},
    ),
    max_size=20,
)


@given(SMALL_RETURNS)
def test_small_tables_agree_with_the_second_reckoning(rows: list[dict[str, str]]) -> None:
    expected = reckon(rows, plan=PLAN, questionnaire=SMALL, population=POPULATION)
    found = figures_of(rows, plan=PLAN, files=dict(FILES), questionnaire=SMALL, population=POPULATION)
    assert found == expected


MUNRO_LEVELS = {
    "authority_type": ["London borough", "Metropolitan", "Unitary", "County"],
    "region": [
        *("North East", "North West", "Yorkshire and the Humber", "East Midlands", "West Midlands"),
        *("East of England", "Inner London", "Outer London", "South East", "South West"),
    ],
}


def random_returns(number: int, *, blank: float, unattributed: float, seed: int) -> list[dict[str, str]]:
    """Return that many returns; some options are never chosen, so that every table has empty categories."""
    questionnaire = munro()
    rng = random.Random(seed)
    chosen = {
        code: rng.sample([option.code for option in item.scale.options], rng.randint(1, len(item.scale.options)))
        for code, item in questionnaire.items.items()
        if item.kind == "closed" and item.scale
    }
    rows = []
    for _ in range(number):
        row = {name: "" if rng.random() < unattributed else rng.choice(MUNRO_LEVELS[name]) for name in MUNRO_LEVELS}
        for code, options in chosen.items():
            row[code] = rng.choice(MISSING) if rng.random() < blank else rng.choice(options)
        rows.append(row)
    return rows


def munro() -> Questionnaire:
    return load((ROOT / "survey/documents/munro_2012.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("number", "blank", "unattributed"),
    [
        (0, 0.0, 0.0),
        (1, 0.0, 0.0),
        (1, 1.0, 1.0),
        (8, 0.2, 0.0),
        (40, 1.0, 0.5),
        (57, 0.1, 0.1),
        (80, 0.0, 0.0),
        (80, 0.3, 0.2),
        (200, 0.05, 0.0),
        (1000, 0.1, 0.1),
    ],
)
def test_the_ten_tables_agree_with_the_second_reckoning(number: int, blank: float, unattributed: float) -> None:
    plans = ROOT / "analysis/plans"
    files = {
        path.name: path.read_text(encoding="utf-8") for path in plans.iterdir() if path.suffix in {".csv", ".yaml"}
    }
    rng = random.Random(number)
    population = Population(
        boards={name: split(148, levels, rng) for name, levels in MUNRO_LEVELS.items()},
        authorities={name: split(152, levels, rng) for name, levels in MUNRO_LEVELS.items()},
    )
    rows = random_returns(number, blank=blank, unattributed=unattributed, seed=number)
    plan = files["munro_2012.yaml"]
    found = figures_of(rows, plan=plan, files=files, questionnaire=munro(), population=population)
    assert found == reckon(rows, plan=plan, questionnaire=munro(), population=population)


def split(total: int, levels: list[str], rng: random.Random) -> dict[str, int]:
    cuts = sorted(rng.randint(0, total) for _ in levels[1:])
    return {level: high - low for level, low, high in zip(levels, [0, *cuts], [*cuts, total], strict=True)}


def test_ten_of_eighty_are_thirteen_per_cent_in_a_table() -> None:
    rows = [{"A1": "agree"}] * 10 + [{"A1": "disagree"}] * 70
    found = figures_of(rows, plan=PLAN, files=dict(FILES), questionnaire=SMALL, population=POPULATION)
    assert (found["t3", "agree", "percentage", "percent"], found["t3", "disagree", "percentage", "percent"]) == (13, 88)
