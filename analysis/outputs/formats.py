"""The formats in which tables are taken away: one function each, all from the same values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from analysis.outputs.csvw import csvw_of_tables
from analysis.outputs.json_stat import json_stat
from analysis.outputs.table_set import TableSet
from analysis.outputs.tidy_csv import tidy_csv
from analysis.outputs.tidy_json import tidy_json
from analysis.outputs.workbook.making import book_of
from analysis.outputs.workbook.xlsx import write_xlsx

OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class Format:
    """How tables become a file of this kind: the same bytes for the same tables, on any day."""

    words: str
    render: Callable[[TableSet], bytes]
    content_type: str


def _xlsx(made: TableSet) -> bytes:
    return write_xlsx(book_of(made))


def _ods(made: TableSet) -> bytes:
    from analysis.outputs.workbook.ods import write_ods  # noqa: PLC0415 -- odfdo takes a third of a second to load

    return write_ods(book_of(made))


def _csv(made: TableSet) -> bytes:
    return tidy_csv(made.tables).encode()


def _json(made: TableSet) -> bytes:
    return tidy_json(made.tables).encode()


def _json_stat(made: TableSet) -> bytes:
    return json_stat(made.tables).encode()


def _csvw(made: TableSet) -> bytes:
    return csvw_of_tables(made.tables).encode()


# The key is what the name of the file ends with. In the order in which a page offers them.
FORMATS: Mapping[str, Format] = {
    "xlsx": Format("Excel workbook", _xlsx, f"{OFFICE}.spreadsheetml.sheet"),
    "ods": Format("OpenDocument spreadsheet", _ods, "application/vnd.oasis.opendocument.spreadsheet"),
    "csv": Format("CSV", _csv, "text/csv; charset=utf-8"),
    "json": Format("JSON", _json, "application/json"),
    "jsonstat.json": Format("JSON-stat", _json_stat, "application/json"),
    "csv-metadata.json": Format("metadata of the CSV (CSVW)", _csvw, "application/csvm+json"),
}
