"""One table as tidy CSV for people and programs alike: what was asked and answered in words, numbers in columns."""

from collections.abc import Iterator

from analysis.core.table import ROWS_ARE_ANSWERS, Cell, Measure, Table, percents_of
from analysis.core.tidy import compared
from analysis.outputs.places import Place, place_of
from respondents.tabular.writing import Cell as Written
from respondents.tabular.writing import write_csv

HEADS = (
    *("item", "category", "survey", "count", "base", "percent", "interval_low_percent", "interval_high_percent"),
    *("status", "note"),
)


def one_table_csv(table: Table) -> bytes:
    """Return a header and a line for each figure with its percentage; what has no number says why under `status`."""
    return write_csv(HEADS, list(_lines(table)))


def _lines(table: Table) -> Iterator[tuple[Written, ...]]:
    """A frequency tells count and percentage of the same boards in two columns: here they are one line."""
    shown = {measure for column in table.columns for measure in column.measures}
    for row in table.rows:
        if table.kind in ROWS_ARE_ANSWERS:
            column = table.columns[0]
            yield _line(table, place_of(table, row, column), table.cell(row.id, column.id), shown)
        else:
            for column in table.columns:
                cell = table.cell(row.id, column.id)
                yield _line(table, place_of(table, row, column), cell, set(column.measures))


def _line(table: Table, place: Place, cell: Cell, shown: set[Measure]) -> tuple[Written, ...]:
    ends = percents_of(cell.interval) if cell.interval else (None, None)
    markers = (cell.marker_for(measure) for measure in ("percent", "count") if measure in shown)
    return (
        place.item,
        place.category,
        place.survey,
        cell.count if "count" in shown else None,
        cell.base,
        cell.percent if "percent" in shown else None,
        *ends,
        next(filter(None, markers), ""),
        " ".join(filter(None, (*table.marks, *_published(cell, shown), *compared(table, cell), table.evenness))),
    )


def _published(cell: Cell, shown: set[Measure]) -> Iterator[str]:
    if cell.printed is not None and cell.printed.measure in shown:
        yield cell.printed.words
