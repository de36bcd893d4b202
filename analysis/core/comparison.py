"""Sets the figures a publication printed beside ours wherever the two differ."""

from collections.abc import Iterable
from dataclasses import replace

from analysis.core.references import Published
from analysis.core.table import Cell, Column, Printed, Row, Table


def compare(tables: Iterable[Table], *, published: Published) -> tuple[Table, ...]:
    """Return the tables with the differing printed figures in their cells and the notes on the publication added."""
    return tuple(_compared(table, published) for table in tables)


def _compared(table: Table, published: Published) -> Table:
    cells = {
        (row.id, column.id): replace(cell, printed=_differing(table, row, column, cell, published))
        for row, column, cell in table.walk()
    }
    return replace(table, cells=cells, notes=(*table.notes, *published.notes(table.id)))


def _differing(table: Table, row: Row, column: Column, cell: Cell, published: Published) -> Printed | None:
    """A cell has room for one printed figure: one with a known erratum first, then the count before the percentage."""
    found = []
    for measure in column.measures:
        place = (table.id, row.id, column.id, measure)
        figure = published.figures.get(place)
        if figure is None or figure.value is None or figure.value == cell.value(measure):
            continue
        erratum = published.erratum(place)
        known = (erratum.id, erratum.comment) if erratum else ("", "")
        found.append(Printed(figure.text, measure, *known))
    return min(found, key=lambda printed: not printed.erratum, default=None)
