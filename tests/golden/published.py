"""The published tables and the invented returns that reproduce them, read with the standard library and polars only."""

import csv
import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from analysis.core.marks import choices_of, mark_of
from analysis.core.plan import Plan, load_plan
from analysis.core.shape import Population
from analysis.core.table import Table
from analysis.core.tabulate import count, tabulate_plan
from survey.schema.document import NOT_ANSWERED, Questionnaire, load

HERE = Path(__file__).parent / "data"
ROOT = Path(__file__).parents[2]
STRATA = ("authority_type", "region")


def lines(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def worked_examples() -> dict[str, Any]:
    document = json.loads((HERE / "worked_examples.json").read_text(encoding="utf-8"))
    return {example["id"]: example for example in document["examples"]}


def example(name: str) -> tuple[Any, Any]:
    """What a worked example gives, and what must come of it."""
    return worked_examples()[name]["inputs"], worked_examples()[name]["expected"]


@cache
def questionnaire() -> Questionnaire:
    return load((ROOT / "survey/documents/munro_2012.yaml").read_text(encoding="utf-8"))


@cache
def plan() -> Plan:
    files = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "analysis/plans").iterdir()}
    return load_plan(files["munro_2012.yaml"], questionnaire=questionnaire(), files=files)


@cache
def population() -> Population:
    boards, authorities = lines("boards.csv"), lines("authorities.csv")
    return Population(
        boards={name: Counter(row[name] for row in boards) for name in STRATA},
        authorities={name: Counter(row[name] for row in authorities) for name in STRATA},
    )


@cache
def frame() -> pl.DataFrame:
    """Return the invented returns as the extract has them: one small integer for each closed item."""
    returns = lines("returns_2012_synthetic.csv")
    columns = [pl.Series(name, [row[name] for row in returns], dtype=pl.String) for name in STRATA]
    for code, item in questionnaire().items.items():
        if item.kind == "closed" and item.scale is not None:
            values = {"": NOT_ANSWERED} | {option.code: option.value for option in item.scale.options}
            columns.append(pl.Series(code, [values[row.get(code, "")] for row in returns], dtype=pl.Int8))
        if item.kind == "multiple":  # not asked in 2012
            marks = (mark_of(item, option) for option in choices_of(item))
            columns += (pl.Series(mark, [NOT_ANSWERED] * len(returns), dtype=pl.Int8) for mark in marks)
    return pl.DataFrame(columns)


@cache
def tables() -> tuple[Table, ...]:
    cube = count(frame(), questionnaire=questionnaire())
    return tabulate_plan(cube, plan=plan(), population=population())
