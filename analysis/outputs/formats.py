"""The formats in which tables are taken away: one function each, all from the same values."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from analysis.core.table import Table
from analysis.outputs.tidy_csv import tidy_csv
from analysis.outputs.tidy_json import tidy_json


@dataclass(frozen=True)
class Format:
    """How tables become a file of this kind."""

    render: Callable[[Sequence[Table]], str]
    content_type: str


FORMATS: Mapping[str, Format] = {
    "csv": Format(tidy_csv, "text/csv; charset=utf-8"),
    "json": Format(tidy_json, "application/json"),
}
