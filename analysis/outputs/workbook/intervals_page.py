"""How far each national figure may lie from all boards: the interval and the bounds, beside the figure itself (M45)."""

from collections.abc import Iterator, Mapping, Sequence

from analysis.core.national import Response, national_figures, response_in, with_national_intervals
from analysis.core.table import ROWS_ARE_ANSWERS, Cell, Interval, Table, percents_of
from analysis.outputs.places import place_of
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
Figures on fewer than all {returns:,} returns{but}, of groups, and those withheld are not in this table, nor is silence.
This sheet holds one table.
"""


def intervals_page(tables: Sequence[Table], *, sheets: Mapping[str, str]) -> Page | None:
    """Return the sheet; none where the response is not told, is too small, or every board answered."""
    response, told = response_in(tables), with_national_intervals(tables)
    rows = tuple(row for table in told for row in _rows(table, sheets[table.id], response)) if response else ()
    if response is None or not rows:
        return None
    but = ", but for tables of those that gave an answer" if any(table.companion_of for table in tables) else ""
    said = SAID.format(boards=response.boards, returns=response.returns, but=but).splitlines()
    evenness = {table.evenness: None for table in tables if table.evenness}
    lines = (Line("How far each figure may lie from all boards", "title"), *map(Line, (*said, *evenness)))
    back = Line(Linked("Back to the contents", CONTENTS))
    return Page(INTERVALS, (*lines, back), Grid("intervals", HEADS, rows, LABELS, len(HEADS) - LABELS))


def _rows(table: Table, sheet: str, response: Response) -> Iterator[tuple[Content, ...]]:
    for row, column, cell in national_figures(table, response):
        if cell.interval:
            place = place_of(table, row, column)
            item = table.stub_label if table.kind in ROWS_ARE_ANSWERS else place.item
            yield Linked(sheet, sheet), plain(item), plain(place.category), *_figures(cell, cell.interval)


def _figures(cell: Cell, found: Interval) -> tuple[Content, ...]:
    bounds = cell.bounds or found
    numbers = (cell.count, cell.base, cell.percent, found.low_count, found.high_count, *percents_of(found))
    return tuple(Marked(number or 0) for number in (*numbers, bounds.low_count, bounds.high_count))
