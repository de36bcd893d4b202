"""A cross-table as it may leave the house: each item's groups are protected together, and all returns if they are few.

What stands inside the base adds to it, and what stands outside adds to the rest of the returns; columns add to all
returns. So the two sides have no sum in common, and each is protected by itself.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from analysis.core.disclosure import SMALLEST_BASE, SMALLEST_NATIONAL_BASE
from analysis.core.protecting import CannotProtect, hide, protect
from analysis.core.shape import TOTAL_ID, Place
from analysis.core.table import CONFIDENTIAL, Cell, Column, Row, Table, TableKind

WITHHELD = (
    "Counts of 1 and 2, groups of fewer than 10, and what would give these away are withheld so that no board can be "
    "identified."
)


def protected(table: Table, *, also: Collection[Place] = ()) -> Table:
    """Return the cross-table with everything hidden that could identify a board; other kinds as they are.

    What stands in the places `also` was hidden elsewhere and is hidden here too.
    """
    if table.kind != "cross":
        return table
    hidden = {
        place for rows in panels_of(table) for side in _sides(table) for place in _hidden(table, rows, side, also)
    }
    if not hidden:
        return table
    return hide(replace(table, notes=(*table.notes, WITHHELD)), hidden=hidden)


def panels_of(table: Table) -> Iterator[tuple[Row, ...]]:
    """Yield the rows of each item, that of all returns last; a table without groups has a row for each item."""
    if not any(row.total for row in table.rows):
        yield from ((row,) for row in table.rows)
        return
    for panel in dict.fromkeys(row.panel for row in table.rows):
        yield tuple(row for row in table.rows if row.panel == panel)


def _sides(table: Table) -> Iterator[tuple[Column, ...]]:
    """The columns inside the base, and those outside it."""
    answers = [column for column in table.columns if column.id != TOTAL_ID]
    yield tuple(column for column in answers if "percent" in column.measures)
    yield tuple(column for column in answers if "percent" not in column.measures)


def _hidden(table: Table, rows: Sequence[Row], side: Sequence[Column], also: Collection[Place]) -> set[Place]:
    """The places to hide among these rows and columns; all groups where no choice of cells would do."""
    *groups, whole = rows
    if not side:
        return set()
    is_few = 0 < (table.cell(whole.id, TOTAL_ID).count or 0) < SMALLEST_NATIONAL_BASE
    shown = [replace(whole, total=False)] if is_few else list(rows) if groups else []
    found = {(row.id, column.id) for row in groups for column in side} if is_few else set()
    try:
        kept = protect(_part(table, shown, side), smallest=_smallest(side), also=also)
    except CannotProtect:
        return found | {(row.id, column.id) for row in shown if not row.total for column in side}
    return found | {place for place, cell in kept.cells.items() if cell.marker == CONFIDENTIAL}


def _smallest(side: Sequence[Column]) -> int:
    """Few may have stood outside the base in a group that is large enough."""
    return SMALLEST_BASE if "percent" in side[0].measures else 1


def _part(table: Table, rows: Sequence[Row], side: Sequence[Column]) -> Table:
    """A table of these rows and columns, each row on the base that its columns add to.

    One column alone outside the base adds to nothing that is told: its base is all returns of the group.
    """
    cells: dict[Place, Cell] = {}
    for row in rows:
        counts = {column.id: table.cell(row.id, column.id).count or 0 for column in side}
        inside, outside = table.cell(row.id, TOTAL_ID).count or 0, sum(counts.values())
        base = inside if "percent" in side[0].measures else outside if len(side) > 1 else inside + outside
        cells |= {(row.id, column): Cell(count=count, base=base) for column, count in counts.items()}
    kind: TableKind = "multiple" if table.overlaps else "statements"
    return replace(table, rows=tuple(rows), columns=tuple(side), cells=cells, kind=kind)
