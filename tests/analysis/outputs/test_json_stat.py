"""JSON-stat, read as the standard defines it and by nothing of ours, is the table cell by cell."""

import json
from collections.abc import Callable, Iterator
from math import prod
from typing import Any

import pytest

from analysis.core.protecting import hide
from analysis.core.table import Table
from analysis.outputs.json_stat import json_stat
from tests.analysis.outputs.examples import frequency, ratings, statements

pytestmark = pytest.mark.pure

EVERY = (frequency, statements, ratings)
Figures = dict[tuple[str, ...], tuple[int | None, str]]


def problems(dataset: dict[str, Any]) -> Iterator[str]:
    """What the standard demands of a dataset (JSON-stat 2.0, "Full Reference")."""
    if dataset.get("version") != "2.0" or dataset.get("class") != "dataset":
        yield "version must be 2.0, class must be dataset"
    ids, size = dataset["id"], dataset["size"]
    if len(ids) != len(size) or set(ids) != set(dataset["dimension"]):
        yield "id and size must be of one length, and every id a dimension"
    if prod(size) != len(dataset["value"]):
        yield "the sizes must multiply to the number of values"
    if not all(value is None or isinstance(value, int | float) for value in dataset["value"]):
        yield "values are numbers or null"
    if not all(key.isdigit() and int(key) < prod(size) for key in dataset.get("status", {})):
        yield "status is by the place of a value"
    if not {each for role in dataset.get("role", {}).values() for each in role} <= set(ids):
        yield "a role names a dimension that is none"
    for id_, length in zip(ids, size, strict=False):
        category = dataset["dimension"][id_]["category"]
        yield from (f"{id_}: {problem}" for problem in _of_category(category, length))
        if "unit" in category and id_ not in dataset["role"]["metric"]:
            yield f"{id_} has units, and is no metric"


def _of_category(category: dict[str, Any], length: int) -> Iterator[str]:
    index = set(category["index"])
    if len(category["index"]) != length or len(index) != length:
        yield "as many categories as its size says, each once"
    if not set(category.get("label", {})) <= index or not set(category.get("unit", {})) <= index:
        yield "labels and units are of its categories"


def figures(dataset: dict[str, Any]) -> Figures:
    """Row-major: the last dimension moves fastest."""
    size = dataset["size"]
    found = {}
    for place, value in enumerate(dataset["value"]):
        rest, key = place, []
        for id_, length in reversed(list(zip(dataset["id"], size, strict=True))):
            rest, at = divmod(rest, length)
            key.append(dataset["dimension"][id_]["category"]["index"][at])
        found[tuple(reversed(key))] = value, dataset["status"].get(str(place), "")
    return found


def expected(table: Table) -> Figures:
    made: Figures = {}
    for row, column, cell in table.walk():
        for measure in column.measures:
            made[row.id, column.id, measure] = cell.value(measure), cell.marker_for(measure)
        made[row.id, column.id, "base"] = cell.base, "" if cell.base is not None else cell.marker
    return made


@pytest.mark.parametrize("make", EVERY)
def test_a_dataset_is_its_table(make: Callable[[], Table]) -> None:
    table = make()
    (dataset,) = json.loads(json_stat([table]))["link"]["item"]
    found, wanted = figures(dataset), expected(table)

    assert list(problems(dataset)) == []
    assert {place: found[place] for place in wanted} == wanted
    assert {found[place] for place in found.keys() - wanted.keys()} <= {(None, "[z]")}


def test_what_is_withheld_is_null_and_its_marker_is_the_status() -> None:
    table = hide(frequency(), hidden={("agree", column): "small" for column in ("frequency", "percentage")})
    (dataset,) = json.loads(json_stat([table]))["link"]["item"]

    assert figures(dataset)["agree", "frequency", "count"] == (None, "[c]")
    assert figures(dataset)["agree", "percentage", "percent"] == (None, "[c]")
    assert "41" not in json.dumps(dataset["value"])


def test_all_tables_stand_in_one_collection() -> None:
    made = json.loads(json_stat([make() for make in EVERY]))

    assert (made["version"], made["class"]) == ("2.0", "collection")
    assert [each["extension"]["id"] for each in made["link"]["item"]] == [make().id for make in EVERY]
