"""What of a cross-table can be drawn: rows that have a base and of which nothing is withheld."""

from dataclasses import replace

from analysis.core.shape import TOTAL_ID
from analysis.core.table import CONFIDENTIAL, Row, Table


def drawable(table: Table) -> Table:
    """Return the table without rows that would be drawn wrongly; tables of other kinds as they are."""
    if table.kind != "cross":
        return table
    rows = tuple(row for row in table.rows if _can_be_drawn(table, row))
    cells = {(row.id, column.id): table.cell(row.id, column.id) for row in rows for column in table.columns}
    return replace(table, rows=rows, cells=cells)


def _can_be_drawn(table: Table, row: Row) -> bool:
    cells = [table.cell(row.id, column.id) for column in table.columns]
    return bool(table.cell(row.id, TOTAL_ID).count) and all(cell.marker != CONFIDENTIAL for cell in cells)
