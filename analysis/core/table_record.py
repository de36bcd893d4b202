"""Tables as plain values that can be kept as JSON, and read again without loss."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from typing import Any

from analysis.core.table import Cell, Column, Interval, Printed, Row, Table

Document = Mapping[str, Any]
_PLAIN = tuple(each.name for each in fields(Table) if each.name not in {"rows", "columns", "cells", "notes", "marks"})


def written(table: Table) -> dict[str, Any]:
    """Return the table in plain values; cells stand row by row, without what they do not have. Read by `read`."""
    return {
        **{name: getattr(table, name) for name in _PLAIN},
        "rows": [asdict(row) for row in table.rows],
        "columns": [{**asdict(column), "measures": list(column.measures)} for column in table.columns],
        "cells": [_cell(cell) for _, _, cell in table.walk()],
        "notes": list(table.notes),
        "marks": list(table.marks),
    }


def read(document: Document) -> Table:
    """Return the table that was written; ValueError if it lacks a cell."""
    rows = tuple(Row(**row) for row in document["rows"])
    columns = tuple(Column(**{**each, "measures": tuple(each["measures"])}) for each in document["columns"])
    places = [(row.id, column.id) for row in rows for column in columns]
    cells = dict(zip(places, map(_read_cell, document["cells"]), strict=True))
    plain = {name: document[name] for name in _PLAIN if name in document}
    notes, marks = tuple(document["notes"]), tuple(document["marks"])
    return Table(**plain, rows=rows, columns=columns, cells=cells, notes=notes, marks=marks)


def read_all(documents: Iterable[Document]) -> tuple[Table, ...]:
    """Return every table of a list."""
    return tuple(map(read, documents))


def _cell(cell: Cell) -> dict[str, Any]:
    return {name: value for name, value in asdict(cell).items() if value not in (None, "")}


def _read_cell(document: Document) -> Cell:
    printed, interval = document.get("printed"), document.get("interval")
    return Cell(
        **{name: value for name, value in document.items() if name not in {"printed", "interval"}},
        printed=Printed(**printed) if printed else None,
        interval=Interval(**interval) if interval else None,
    )
