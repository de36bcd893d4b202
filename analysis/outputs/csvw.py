"""What stands in a CSV file, told as CSV on the Web: types, what is null and why, permanent ids, licence, titles."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from analysis.core.table import MARKERS, Table
from analysis.core.tidy import MEASURES, tidy_rows

Document = dict[str, Any]

NAMESPACE: Final = "http://www.w3.org/ns/csvw"
OPEN_LICENCE: Final = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
KEY: Final = ("table", "row", "column", "measure")
DIALECT: Final = {"encoding": "utf-8", "delimiter": ",", "header": True, "headerRowCount": 1, "quoteChar": '"'}


@dataclass(frozen=True)
class CsvColumn:
    """One column: its name, its title for people, its type, what stands for no value, and its permanent id."""

    name: str
    title: str
    datatype: str | Mapping[str, Any] = "string"
    required: bool = False
    null: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    id: str = ""


@dataclass(frozen=True)
class CsvFile:
    """One file: its name, what it holds, its columns, and those that tell its lines apart."""

    url: str
    title: str
    columns: Sequence[CsvColumn]
    key: tuple[str, ...]
    description: str = ""
    licence: str = OPEN_LICENCE
    notes: tuple[str, ...] = ()


def csvw(file: CsvFile) -> str:
    """Return the metadata of a file that stands beside it."""
    about: Document = {
        "@context": [NAMESPACE, {"@language": "en"}],
        "@type": "Table",
        "url": file.url,
        "dc:title": file.title,
        "dialect": DIALECT,
    }
    if file.licence:
        about["dc:license"] = {"@id": file.licence}
    if file.description:
        about["dc:description"] = file.description
    if file.notes:
        about["notes"] = [{"rdfs:comment": note} for note in file.notes]
    about["tableSchema"] = {"columns": list(map(_column, file.columns)), "primaryKey": list(file.key)}
    return json.dumps(about, ensure_ascii=False, indent=1) + "\n"


def csvw_of_tables(tables: Iterable[Table], *, licence: str = OPEN_LICENCE) -> str:
    """Return the metadata of `tables.csv`: which tables it holds, and what each of its columns means.

    What bears a mark (a draft, for the team) is not released, so it is under no licence.
    """
    kept = tuple(tables)
    return csvw(
        CsvFile(
            url="tables.csv",
            title=kept[0].source if kept else "",
            columns=tuple(_of_tidy(kept)),
            key=KEY,
            description="One line for each figure of each table, in the order of the tables.",
            licence="" if any(table.marks for table in kept) else licence,
            notes=tuple(f"{table.id}: {table.heading}. {table.base_note}" for table in kept),
        )
    )


def _of_tidy(tables: Sequence[Table]) -> Iterator[CsvColumn]:
    """The columns of `tidy_csv`; `@id`s of tables are permanent, those of rows and columns within their table."""
    markers = "; ".join(f"{marker} {meaning}" for marker, meaning in MARKERS.items())
    used = {row.measure for row in tidy_rows(tables)}
    measures = tuple(measure for measure in MEASURES if measure in used)
    meanings = tuple(f"{measure}: {MEASURES[measure]}." for measure in measures)
    yield CsvColumn("table", "Table", _one_of(table.id for table in tables), required=True)
    yield CsvColumn("row", "Row of the table", required=True)
    yield CsvColumn("column", "Column of the table", required=True)
    yield CsvColumn("measure", "What the figure is", _one_of(measures), required=True, notes=meanings)
    yield CsvColumn("value", "Figure", "integer", notes=("Empty where there is none: the marker says why.",))
    yield CsvColumn("base", "Base of the figure", "integer", notes=("Empty where the figure stands on none.",))
    yield CsvColumn("marker", "Shorthand that qualifies or replaces the figure", notes=(f"{markers}.",))
    yield CsvColumn("note", "What every copy of the table must say")


def _one_of(words: Iterable[str]) -> Document:
    """A string that is one of these, as far as a pattern can say it."""
    return {"base": "string", "format": "|".join(word.replace(".", "[.]") for word in words)}


def _column(column: CsvColumn) -> Document:
    made: Document = {"name": column.name, "titles": [column.name], "dc:title": column.title}
    made |= {"datatype": column.datatype, "required": column.required}
    if column.null:
        made["null"] = ["", *column.null]
    if column.id:
        made["dc:identifier"] = column.id
    if column.notes:
        made["rdfs:comment"] = list(column.notes)
    return made
