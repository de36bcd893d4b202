"""Files with a line or a record for each figure."""

import csv
import io
import json
from typing import Any

from analysis.outputs.formats import FORMATS
from analysis.outputs.table_set import TableSet
from tests.analysis.outputs.readers.figures import Figures, Told, expected

FLAG = "published report prints"
SHOWN = {"count", "percent"}  # what stands in every format; intervals and bounds: test_national.py


def read_csv(made: TableSet) -> Figures:
    text = FORMATS["csv"].render(made).decode()
    return _figures([{**line, **_numbers(line)} for line in csv.DictReader(io.StringIO(text))])


def read_json(made: TableSet) -> Figures:
    records = json.loads(FORMATS["json"].render(made))
    assert all(("printed" in record) == (FLAG in record["note"]) for record in records)
    return _figures(records)


def _numbers(line: dict[str, str]) -> dict[str, int | None]:
    return {name: int(line[name]) if line[name] else None for name in ("value", "base")}


def _figures(records: list[dict[str, Any]]) -> Figures:
    return {
        (each["table"], each["row"], each["column"], each["measure"]): Told(
            each["value"],
            each["marker"],
            each["base"] if each["value"] is not None else None,
            FLAG in each["note"],
        )
        for each in records
        if each["measure"] in SHOWN
    }


def read_json_stat(made: TableSet) -> Figures:
    collection = json.loads(FORMATS["jsonstat.json"].render(made))
    found = {place: told for dataset in collection["link"]["item"] for place, told in _of_dataset(dataset).items()}
    shown = expected(made.tables).keys()
    beside = {(told.value, told.marker) for place, told in found.items() if place not in shown and place[3] in SHOWN}
    assert beside <= {(None, "[z]")}
    return {place: told for place, told in found.items() if place in shown}


def _of_dataset(dataset: dict[str, Any]) -> Figures:
    """A value stands at its place in row-major order; a measure that a column does not have is not applicable."""
    rows, columns, metrics = (list(dataset["dimension"][name]["category"]["index"]) for name in dataset["id"])
    found: Figures = {}
    for at, row in enumerate(rows):
        for beside, column in enumerate(columns):
            first = (at * len(columns) + beside) * len(metrics)
            read = {
                metric: (dataset["value"][first + place], dataset["status"].get(str(first + place), ""))
                for place, metric in enumerate(metrics)
            }
            base, _ = read.pop("base")
            for metric, (value, marker) in read.items():
                flag = _is_flagged(dataset, row, column, metric)
                told = Told(value, marker, base if value is not None else None, flag)
                found[dataset["extension"]["id"], row, column, metric] = told
    return found


def _is_flagged(dataset: dict[str, Any], row: str, column: str, metric: str) -> bool:
    return [row, column, metric] in [each["place"] for each in dataset["extension"].get("published", [])]
