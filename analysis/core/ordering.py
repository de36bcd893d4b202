"""The order in which a table's items stand: by net agreement, or as the questionnaire asks them (M42)."""

from dataclasses import replace

from analysis.core.charts import diverging_bars
from analysis.core.table import Table


def has_items(table: Table) -> bool:
    """Whether the rows of the table are items that could stand in another order."""
    of_items = table.kind == "statements" or (table.kind == "cross" and not any(row.total for row in table.rows))
    return of_items and len(table.rows) > 1


def by_agreement(table: Table) -> Table:
    """Return the table with its items in the order of its chart: in each panel the largest net agreement first.

    Tables whose rows are no items are returned as they are.
    """
    if not has_items(table):
        return table
    places = {bar.id: place for place, bar in enumerate(diverging_bars(table, order="net").bars)}
    return replace(table, rows=tuple(sorted(table.rows, key=lambda row: places[row.id])))
