"""The tables of the 57 invented returns of 2012, counted from the file without a database."""

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import polars as pl

from analysis.core.cube import STRATA, count
from analysis.core.plan import Plan, load_plan
from analysis.core.shape import Population
from analysis.core.table import Table
from analysis.core.tabulate import tabulate_plan
from survey.schema.answers import parse
from survey.schema.codes import NOT_ANSWERED
from survey.schema.document import Questionnaire, load

ROOT = Path(__file__).resolve().parents[3]
GOLDEN = ROOT / "tests" / "golden" / "data"
PLANS = ROOT / "analysis" / "plans"


@cache
def questionnaire() -> Questionnaire:
    return load((ROOT / "survey" / "documents" / "munro_2012.yaml").read_text(encoding="utf-8"))


@cache
def plan() -> Plan:
    files = {path.name: path.read_text(encoding="utf-8") for path in PLANS.iterdir() if path.is_file()}
    return load_plan(files["munro_2012.yaml"], questionnaire=questionnaire(), files=files)


@cache
def tables() -> tuple[Table, ...]:
    cube = count(frame(), questionnaire=questionnaire())
    return tabulate_plan(cube, plan=plan(), population=population())


def frame() -> pl.DataFrame:
    rows = _rows("returns_2012_synthetic.csv")
    closed = [item for item in questionnaire().items.values() if item.kind == "closed"]
    columns = {item.code: [_code(parse(item, row.get(item.code, ""))) for row in rows] for item in closed}
    return pl.DataFrame({**{name: [row[name] for row in rows] for name in STRATA}, **columns})


def population() -> Population:
    boards, authorities = _rows("boards.csv"), _rows("authorities.csv")
    return Population(
        boards={name: dict(Counter(row[name] for row in boards)) for name in STRATA},
        authorities={name: dict(Counter(row[name] for row in authorities)) for name in STRATA},
    )


def _code(value: object) -> int:
    return value if isinstance(value, int) else NOT_ANSWERED


def _rows(name: str) -> list[dict[str, str]]:
    with (GOLDEN / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
