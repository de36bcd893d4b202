"""How many figures the charts of a table are, so that they can be numbered before anything is drawn."""

from analysis.core.beside import others_in
from analysis.core.cross_drawing import drawable
from analysis.core.plan_document import ChartKind
from analysis.core.table import Table


def figures_in(table: Table, kind: ChartKind | None) -> int:
    """Return one for the chart of the table, if any of it can be drawn, and one for each other survey beside it."""
    drawn = drawable(table)
    own = kind is not None and bool(drawn.rows and drawn.columns)
    return int(own) + len(others_in(table))
