"""How far each national figure may lie from all boards: the interval and the bounds, beside the figure itself (M45)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.core.cell_intervals import interval_of
from analysis.core.reliability import SMALLEST_BASE
from analysis.core.shape import NOT_SPECIFIED_ID, TOTAL_ID
from analysis.core.table import Cell, Column, Row, Table, percents_of
from analysis.outputs.places import ROWS_ARE_ANSWERS, place_of
from analysis.outputs.workbook.naming import CONTENTS, INTERVALS
from analysis.outputs.workbook.values import Content, Grid, Line, Linked, Marked, Page, plain

HEADS = (
    *("Table", "Item", "Answer", "Number", "Base", "%"),
    *("95% interval from (boards)", "95% interval to (boards)", "95% interval from (%)", "95% interval to (%)"),
    *("Fewest possible (boards)", "Most possible (boards)"),
)
LABELS = 3
SAID = """\
The interval says how many of all {boards:,} boards answer so, if those that are silent are like those that did.
It is exact for a closed list (hypergeometric): at least 95 of 100 such surveys would cover the truth.
Fewest and most possible say what is certain whatever the silent boards think.
Figures on fewer than all {returns:,} returns, of groups, and those withheld are not in this table, nor is silence.
This sheet holds one table.
"""


@dataclass(frozen=True, slots=True)
class Response:
    """How many boards answered, of how many."""

    returns: int
    boards: int


def response_of(tables: Sequence[Table]) -> Response | None:
    """Return the response of all boards, where a table tells it and it is not withheld."""
    for table in tables:
        cell = table.cells.get((TOTAL_ID, "response_rate_boards"))
        if table.kind == "response_rate" and cell and cell.count is not None and cell.base:
            return Response(cell.count, cell.base)
    return None


def intervals_page(tables: Sequence[Table], *, sheets: Mapping[str, str]) -> Page | None:
    """Return the sheet; none where the response is not told, is too small, or every board answered."""
    response = response_of(tables)
    if response is None or not SMALLEST_BASE <= response.returns < response.boards:
        return None
    rows = tuple(row for table in tables if _is_national(table) for row in _rows(table, sheets[table.id], response))
    if not rows:
        return None
    said = SAID.format(boards=response.boards, returns=response.returns).splitlines()
    evenness = {table.evenness: None for table in tables if table.evenness}
    lines = (Line("How far each figure may lie from all boards", "title"), *map(Line, (*said, *evenness)))
    back = Line(Linked("Back to the contents", CONTENTS))
    return Page(INTERVALS, (*lines, back), Grid("intervals", HEADS, rows, LABELS, len(HEADS) - LABELS))


def _is_national(table: Table) -> bool:
    """Breakdowns have a row for all boards below those of the groups; codes and response rates are no answers."""
    if table.kind in {"statements", "ratings"}:
        return not any(row.total for row in table.rows)
    return table.kind in ROWS_ARE_ANSWERS


def _rows(table: Table, sheet: str, response: Response) -> Iterator[tuple[Content, ...]]:
    for row in table.rows:
        for column in _columns(table):
            cell = table.cell(row.id, column.id)
            if cell.base == response.returns and cell.count is not None and _is_answer(row, column):
                place = place_of(table, row, column)
                item = table.stub_label if table.kind in ROWS_ARE_ANSWERS else place.item
                yield Linked(sheet, sheet), plain(item), plain(place.category), *_figures(cell.count, cell, response)


def _is_answer(row: Row, column: Column) -> bool:
    """Totals are no answer, nor is silence."""
    return {row.id.rpartition(".")[2], column.id}.isdisjoint({TOTAL_ID, NOT_SPECIFIED_ID})


def _columns(table: Table) -> tuple[Column, ...]:
    """One column of a frequency holds all there is to tell; another survey has no counts."""
    counted = tuple(column for column in table.columns if "count" in column.measures)
    return counted[:1] if table.kind in ROWS_ARE_ANSWERS else counted


def _figures(count: int, cell: Cell, response: Response) -> tuple[Content, ...]:
    found = interval_of(count, response.returns, response.boards)
    ends = (found.low_count or 0, found.high_count or 0)
    bounds = (count, count + response.boards - response.returns)
    return tuple(map(Marked, (count, response.returns, cell.percent or 0, *ends, *percents_of(found), *bounds)))
