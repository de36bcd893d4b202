"""What of a cross-table can be drawn: rows that have a base and of which nothing is withheld."""

from dataclasses import replace

from analysis.core.shape import TOTAL_ID
from analysis.core.table import CONFIDENTIAL, Row, Table


def drawable(table: Table) -> Table:
    """Return the table without rows that would be drawn wrongly: with something withheld, or a group without returns.

    Bars of a rating are made of many rows; where one of them is withheld, nothing is drawn.
    """
    rows = tuple(row for row in table.rows if _can_be_drawn(table, row))
    if len(rows) == len(table.rows):
        return table
    if table.kind in {"ratings", "frequency", "multiple"}:
        rows = ()
    cells = {(row.id, column.id): table.cell(row.id, column.id) for row in rows for column in table.columns}
    return replace(table, rows=rows, cells=cells)


def _can_be_drawn(table: Table, row: Row) -> bool:
    cells = [table.cell(row.id, column.id) for column in table.columns]
    has_returns = table.kind != "cross" or bool(table.cell(row.id, TOTAL_ID).count)
    return has_returns and all(cell.marker != CONFIDENTIAL for cell in cells)
