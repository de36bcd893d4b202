"""What is checked of tables before they are published: totals, bases, and the figures that a publication printed."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from analysis.core.percent import percent
from analysis.core.references import Published
from analysis.core.shape import TOTAL_ID
from analysis.core.table import Cell, Column, Row, Table


@dataclass(frozen=True, slots=True)
class Compared:
    """How the figures of a publication stand beside ours; `unexplained` are differences without an erratum."""

    equal: int
    explained: int
    unexplained: tuple[str, ...]
    withheld: int


def total_faults(tables: Iterable[Table]) -> tuple[str, ...]:
    """Return a sentence for each total that its parts do not add up to; what is withheld is not added up."""
    return tuple(fault for table in tables if not table.overlaps for fault in _totals(table))


def base_faults(tables: Iterable[Table]) -> tuple[str, ...]:
    """Return a sentence for each percentage that does not follow from its count and base, or whose table has no base.

    A percentage is the count over the base, halves rounded up; where a cell has no count there is nothing to compare.
    """
    return tuple(fault for table in tables for fault in _bases(table))


def outcome_faults(tables: Iterable[Table]) -> tuple[str, ...]:
    """Return a sentence for each table of response that is of another number of eligible boards than the outcomes."""
    every = tuple(tables)
    found = (table for table in every if table.kind == "outcomes")
    return tuple(fault for table in found for fault in _other_boards(table.cell(TOTAL_ID, "boards").count, every))


def _other_boards(boards: int | None, tables: Iterable[Table]) -> Iterator[str]:
    for table in (each for each in tables if each.kind == "response_rate"):
        eligible = table.cell(TOTAL_ID, "eligible_boards").count
        if eligible is not None and eligible != boards:
            yield f"{table.name} is of {eligible:,} eligible boards, and the outcomes are of {boards:,}."


def companion_faults(tables: Iterable[Table]) -> tuple[str, ...]:
    """Return a sentence for each companion without its table, or with a count or a base that the table does not give.

    Its counts must be those of its table, and its base the table's less what stands apart there.
    """
    by_id = {table.id: table for table in tables}
    companions = (table for table in by_id.values() if table.companion_of)
    return tuple(fault for each in companions for fault in _companion(each, by_id.get(each.companion_of)))


def _companion(table: Table, parent: Table | None) -> Iterator[str]:
    if parent is None:
        yield f"{table.name} stands without the table whose counts it has."
        return
    for row, column, cell in table.walk():
        theirs, where = parent.cells.get((row.id, column.id)), f"{table.name}, {row.label}, {column.label}"
        if row.total or column.id == TOTAL_ID or theirs is None or cell.count is None:
            continue
        if cell.count != theirs.count:
            yield f"{where}: {cell.count:,} here and {theirs.count} in {parent.name}."
        if cell.base and theirs.base and cell.base != theirs.base - _apart(parent, row, column):
            yield f"{where}: its base is not that of {parent.name} without what stands apart there."


def _apart(table: Table, row: Row, column: Column) -> int:
    """How many returns gave none of the answers among which a place stands."""
    rows = [each.id for each in table.rows if each.apart and each.panel == row.panel]
    columns = [each.id for each in table.columns if each.apart and "count" in each.measures]
    found = [(each, column.id) for each in rows] + [(row.id, each) for each in columns]
    return sum(table.cell(*place).count or 0 for place in found)


def compared_with_print(
    tables: Iterable[Table], *, published: Published, comparators: Collection[str] = ()
) -> Compared:
    """Return how the printed figures compare with ours.

    Totals that any base gives are left out, as they prove nothing, and so are the columns of other surveys.
    """
    by_id = {table.id: table for table in tables}
    equal, withheld, errata, unexplained = 0, 0, 0, []
    for (table, row, column, measure), printed in published.figures.items():
        is_given = (TOTAL_ID in (row, column) and column != "returns") or column.rpartition(".")[2] in comparators
        cell = by_id[table].cells.get((row, column)) if table in by_id else None
        if printed.value is None or is_given or cell is None:
            continue
        value = cell.count if measure == "count" else cell.percent
        if value is None:
            withheld += 1
        elif value == printed.value:
            equal += 1
        elif published.erratum((table, row, column, measure)):
            errata += 1
        else:
            unexplained.append(f"{table}, {row}, {column}: {value}, printed {printed.text}")
    return Compared(equal, errata, tuple(unexplained), withheld)


def _totals(table: Table) -> Iterator[str]:
    """Rows add to that of the total, columns inside the base to the base: what is outside it bears no percentage."""
    for total in (row for row in table.rows if row.id == TOTAL_ID):
        rows = [row for row in table.rows if row != total and row.panel == total.panel]
        for column in table.columns:
            parts = _inside(table.cell(row.id, column.id) for row in rows)
            yield from _sum(parts, table.cell(TOTAL_ID, column.id), f"{table.id}, {column.label}")
    if any(column.id == TOTAL_ID for column in table.columns):
        columns = [column for column in table.columns if column.id != TOTAL_ID and "percent" in column.measures]
        for row in table.rows:
            parts = [table.cell(row.id, column.id) for column in columns]
            yield from _sum(parts, table.cell(row.id, TOTAL_ID), f"{table.id}, {row.label}")
    if table.kind == "ratings":
        yield from _panels(table)


def _panels(table: Table) -> Iterator[str]:
    """The answers of a panel add to the returns they stand on."""
    for panel, rows in groupby(table.rows, lambda row: row.panel):
        kept = [row for row in rows if not row.total]
        for column in table.columns:
            yield from _panel(table, panel, kept, column)


def _panel(table: Table, panel: str, rows: Sequence[Row], column: Column) -> Iterator[str]:
    cells = _inside(table.cell(row.id, column.id) for row in rows)
    bases = {cell.base for cell in cells}
    if "count" in column.measures and len(bases) == 1:
        yield from _sum(cells, Cell(count=bases.pop()), f"{table.id}, {panel}, {column.label}")


def _inside(cells: Iterable[Cell]) -> list[Cell]:
    """Those that stand on a base or are withheld, where any does: what is counted beside them is outside of it."""
    every = list(cells)
    return [cell for cell in every if cell.base or cell.count is None] if any(cell.base for cell in every) else every


def _sum(parts: Sequence[Cell], whole: Cell, where: str) -> Iterator[str]:
    counts = [cell.count for cell in parts if cell.count is not None]
    if whole.count is not None and len(counts) == len(parts) and parts and sum(counts) != whole.count:
        yield f"{where}: the parts add to {sum(counts):,} and the total is {whole.count:,}."


def _bases(table: Table) -> Iterator[str]:
    if not table.base_note.strip():
        yield f"{table.id} does not say what its base is."
    for row, column, cell in table.walk():
        if cell.percent is None:
            continue
        if not cell.base:
            yield f"{table.id}, {row.label}, {column.label}: {cell.percent}% stands without its base."
        elif cell.count is not None and cell.percent != percent(cell.count, cell.base):
            yield f"{table.id}, {row.label}, {column.label}: {cell.count:,} of {cell.base:,} is not {cell.percent}%."
