"""A table of one row, set the other way: its columns below each other."""

from dataclasses import replace

from analysis.core.shape import TOTAL_ID
from analysis.core.table import Column, Measure, Row, Table

MEASURES: tuple[Measure, ...] = ("count", "percent", "interval")


def turned(table: Table, *, stub_label: str) -> Table:
    """Return the table with a row for each of its columns and one column; ValueError unless it has one row."""
    if len(table.rows) != 1:
        raise ValueError(f"{table.id} has {len(table.rows)} rows: only a table of one can be turned.")
    (row,) = table.rows
    measures = tuple(each for each in MEASURES if any(each in column.measures for column in table.columns))
    rows = tuple(Row(each.id, each.label, total=each.id == TOTAL_ID, apart=each.apart) for each in table.columns)
    cells = {(column.id, row.id): table.cell(row.id, column.id) for column in table.columns}
    column = Column(row.id, row.label, measures=measures)
    return replace(table, rows=rows, columns=(column,), cells=cells, stub_label=stub_label, kind="frequency")
