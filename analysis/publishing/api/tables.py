"""One table in each format of the API. The keys are what the name of the file ends with."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from analysis.core.table import Table
from analysis.outputs.json_stat import dataset
from analysis.outputs.tidy_csv import tidy_csv
from analysis.outputs.tidy_json import tidy_json


@dataclass(frozen=True)
class OneTable:
    """How one table becomes a document."""

    words: str
    render: Callable[[Table], str]
    content_type: str


ONE_TABLE: Mapping[str, OneTable] = {
    "csv": OneTable("CSV", lambda table: tidy_csv([table]), "text/csv; charset=utf-8"),
    "json": OneTable("JSON", lambda table: tidy_json([table]), "application/json"),
    "jsonstat.json": OneTable(
        "JSON-stat", lambda table: json.dumps(dataset(table), ensure_ascii=False), "application/json"
    ),
}


def split_name(file: str) -> tuple[str, str]:
    """The table and the format that the name of a file means; LookupError for no format of ours."""
    for name in sorted(ONE_TABLE, key=len, reverse=True):  # the longer name ends as the shorter one does
        if file.endswith(f".{name}"):
            return file.removesuffix(f".{name}"), name
    raise LookupError(file)
