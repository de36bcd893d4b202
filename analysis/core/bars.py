"""What a chart draws of a table: items with the counts of their scale, and what stands apart from it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from analysis.core.shape import TOTAL_ID
from analysis.core.table import Cell, Column, Row, Table, TableKind

Part = tuple[str, str, Cell]  # id, label, cell


@dataclass(frozen=True, slots=True)
class Item:
    """One bar to be: the parts on its scale in the table's order, and the parts that are no position on it."""

    id: str
    label: str
    panel: str
    parts: tuple[Part, ...]
    apart: tuple[Part, ...]


def items_of(table: Table) -> tuple[Item, ...]:
    """Return the items of any table but one of returns."""
    return tuple(ITEMS[table.kind](table))


def _of_frequency(table: Table) -> Iterator[Item]:
    parts = [(row, table.cell(row.id, table.columns[0].id)) for row in table.rows if not row.total]
    yield _item(table.id, table.title, "", parts)


def _of_statements(table: Table) -> Iterator[Item]:
    """Beside another survey the answer stands over both columns, and ours says only whose it is."""
    counted = [column for column in table.columns if column.id != TOTAL_ID and "count" in column.measures]
    is_beside = table.kind == "statements"
    columns = [replace(each, label=each.group) if is_beside and each.group else each for each in counted]
    for row in table.rows:
        yield _item(row.id, row.label, row.panel, [(column, table.cell(row.id, column.id)) for column in columns])


def _of_ratings(table: Table) -> Iterator[Item]:
    """A comparator known only by percentages has no counts to draw on a base of those who gave a position."""
    counted = [column for column in table.columns if "count" in column.measures]
    for panel in dict.fromkeys(row.panel for row in table.rows):
        rows = [row for row in table.rows if row.panel == panel]
        for column in counted:
            parts = [(row, table.cell(row.id, column.id)) for row in rows]
            yield _item(f"{rows[0].id.partition('.')[0]}.{column.id}", column.group, panel, parts)


def _item(id_: str, label: str, panel: str, parts: list[tuple[Row, Cell]] | list[tuple[Column, Cell]]) -> Item:
    on_scale = tuple((part.id, part.label, cell) for part, cell in parts if not part.apart)
    off_scale = tuple((part.id, part.label, cell) for part, cell in parts if part.apart)
    return Item(id_, label, panel, on_scale, off_scale)


ITEMS: Mapping[TableKind, Callable[[Table], Iterator[Item]]] = {
    "frequency": _of_frequency,
    "multiple": _of_frequency,
    "statements": _of_statements,
    "ratings": _of_ratings,
    "cross": _of_statements,
}
