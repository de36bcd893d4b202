"""Tables as one long list: a line for each figure, in the ids and the order of the published tables."""

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.core.table import BREAK, Cell, Measure, Table


@dataclass(frozen=True, slots=True)
class TidyRow:
    """One figure of one table with its base; where there is none the marker says why.

    The note says what every copy of the table must say, what was published in this place where that differs, and of
    another survey's figure why it is not comparable; whether those that answered are like all that could have.
    """

    table: str
    row: str
    column: str
    measure: Measure
    value: int | None
    base: int | None
    marker: str
    note: str = ""


def tidy_rows(tables: Iterable[Table]) -> list[TidyRow]:
    """Return every figure of the tables: tables in order, row by row, column by column, count before percentage."""
    return [
        TidyRow(
            table.id,
            row.id,
            column.id,
            measure,
            cell.value(measure),
            cell.base,
            cell.marker_for(measure),
            _note(table, cell, measure),
        )
        for table in tables
        for row, column, cell in table.walk()
        for measure in column.measures
    ]


def _note(table: Table, cell: Cell, measure: Measure) -> str:
    said = (*table.marks, *_published(cell, measure), *_compared(table, cell), table.evenness)
    return " ".join(filter(None, said))


def _published(cell: Cell, measure: Measure) -> tuple[str, ...]:
    return (cell.printed.words,) if cell.printed is not None and cell.printed.measure == measure else ()


def _compared(table: Table, cell: Cell) -> tuple[str, ...]:
    """The statement on comparing, beside each figure that is marked as a break."""
    return (table.caveat,) if cell.marker == BREAK and table.caveat else ()
