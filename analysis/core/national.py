"""How far each national figure may lie from all boards: which figures are national, each with its exact interval (M45).

A national figure is a count of an answer on all returns, in a companion on those of them that gave one. Its interval is
for the number of all boards, 95%, by exact inversion of the hypergeometric test; its bounds follow from the count and
the two numbers of boards (`Cell.bounds`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from analysis.core.cell_intervals import interval_of
from analysis.core.reliability import SMALLEST_BASE
from analysis.core.shape import NOT_SPECIFIED_ID, TOTAL_ID, Place
from analysis.core.table import ROWS_ARE_ANSWERS, Cell, Column, Row, Table


@dataclass(frozen=True, slots=True)
class Response:
    """How many boards answered, of how many."""

    returns: int
    boards: int


def response_in(tables: Iterable[Table]) -> Response | None:
    """Return the response of all boards, where a table tells it and it is not withheld."""
    for table in tables:
        cell = table.cells.get((TOTAL_ID, "response_rate_boards"))
        if table.kind == "response_rate" and cell and cell.count is not None and cell.base:
            return Response(cell.count, cell.base)
    return None


def with_national_intervals(tables: Sequence[Table]) -> tuple[Table, ...]:
    """Return the tables with an interval in the cell of each national figure.

    They are returned as they are where the response is not told, is too small, or where every board answered.
    """
    response = response_in(tables)
    if response is None or not SMALLEST_BASE <= response.returns < response.boards:
        return tuple(tables)
    return tuple(replace(table, cells={**table.cells, **dict(_cells(table, response))}) for table in tables)


def national_figures(table: Table, response: Response) -> Iterator[tuple[Row, Column, Cell]]:
    """Yield each national figure of a table; what is withheld, of a group, or no answer is none.

    One column of a frequency holds all there is to tell; another survey has no counts.
    """
    if not _is_national(table):
        return
    counted = tuple(column for column in table.columns if "count" in column.measures)
    for row in table.rows:
        for column in counted[:1] if table.kind in ROWS_ARE_ANSWERS else counted:
            cell = table.cell(row.id, column.id)
            if _is_on_all(cell, table, response) and cell.count is not None and _is_answer(row, column):
                yield row, column, cell


def _cells(table: Table, response: Response) -> Iterator[tuple[Place, Cell]]:
    for row, column, cell in national_figures(table, response):
        interval = interval_of(cell.count or 0, cell.base or 0, response.boards)
        yield (row.id, column.id), replace(cell, interval=interval)


def _is_on_all(cell: Cell, table: Table, response: Response) -> bool:
    """A companion is of all returns as well, on those of them that gave an answer."""
    return SMALLEST_BASE <= (cell.base or 0) < response.boards if table.companion_of else cell.base == response.returns


def _is_national(table: Table) -> bool:
    """Breakdowns have a row for all boards below those of the groups; codes and response rates are no answers."""
    if table.companion_of:
        return True
    if table.kind in {"statements", "ratings"}:
        return not any(row.total for row in table.rows)
    return table.kind in ROWS_ARE_ANSWERS


def _is_answer(row: Row, column: Column) -> bool:
    """Totals are no answer, nor is silence."""
    return {row.id.rpartition(".")[2], column.id}.isdisjoint({TOTAL_ID, NOT_SPECIFIED_ID})
