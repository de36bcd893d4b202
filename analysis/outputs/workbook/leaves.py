"""The columns of figures of a table as a sheet has them: one number each, its head said in full."""

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.core.table import CONFIDENTIAL, NOT_APPLICABLE, NOT_AVAILABLE, Cell, Column, Measure, Table, percents_of
from analysis.outputs.table_notes import shared_marker

SIGNS = {"count": "number", "percent": "%"}
FROM, TO = "95% interval from (%)", "95% interval to (%)"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number, or the marker that stands for it or behind it; `of` is the cell it was read from."""

    number: int | None
    marker: str
    of: Cell | None = None


@dataclass(frozen=True, slots=True)
class Leaf:
    """One column: its head, the marker that every number of it bears, and a figure for each row of the table.

    `column` and `measure` say which figures of the table these are; a base or an interval is none of them.
    """

    head: str
    figures: tuple[Figure, ...]
    shared: str = ""
    column: str = ""
    measure: Measure | None = None


def leaves_of(table: Table) -> tuple[Leaf, ...]:
    """Return the columns in order: all figures with their intervals, then what their percentages are of."""
    figures = tuple(leaf for column in table.columns for leaf in _of_column(table, column))
    counted = {_numbers(leaf) for leaf in figures}
    return (*figures, *(base for base in _bases(table) if _numbers(base) not in counted))


def _numbers(leaf: Leaf) -> tuple[int | None, ...]:
    return tuple(figure.number for figure in leaf.figures)


def _of_column(table: Table, column: Column) -> Iterator[Leaf]:
    name = _name(column)
    is_simple = all(len(each.measures) == 1 for each in table.columns)
    cells = [table.cell(row.id, column.id) for row in table.rows]
    for measure in column.measures:
        if measure == "interval":
            yield Leaf(f"{name}: {FROM}", tuple(_end(cell, 0) for cell in cells))
            yield Leaf(f"{name}: {TO}", tuple(_end(cell, 1) for cell in cells))
        else:
            shared = shared_marker(table, column, measure)
            head = name if is_simple else f"{name}: {SIGNS[measure]}"
            figures = tuple(_figure(cell, measure) for cell in cells)
            yield Leaf(f"{head} {shared}".strip(), figures, shared, column.id, measure)


def _name(column: Column) -> str:
    return ", ".join(word for word in (column.group, column.label) if word)


def _figure(cell: Cell, measure: Measure) -> Figure:
    number, marker = cell.value(measure), cell.marker_for(measure)
    return Figure(number, marker or ("" if number is not None else NOT_AVAILABLE), cell)


def _end(cell: Cell, place: int) -> Figure:
    """One end of the interval in whole per cent; no cell is left blank, what has no number says why."""
    if cell.interval:
        return Figure(percents_of(cell.interval)[place], "")
    return Figure(None, CONFIDENTIAL if cell.marker == CONFIDENTIAL else NOT_AVAILABLE)


def _bases(table: Table) -> Iterator[Leaf]:
    """What percentages are of, row by row: columns that stand on the same share one."""
    kept: list[tuple[list[Column], list[int | None]]] = []
    for column in table.columns:
        numbers = [table.cell(row.id, column.id).base for row in table.rows]
        if not any(number is not None for number in numbers):
            continue
        found = next((base for base in kept if _agree(base[1], numbers)), None)
        if found is None:
            kept.append(([column], numbers))
        else:
            found[0].append(column)
            found[1][:] = [other if one is None else one for one, other in zip(found[1], numbers, strict=True)]
    labels = [label for columns, _ in kept for label in {column.label for column in columns}]
    is_clear = len(set(labels)) == len(labels)  # else columns under different heads bear the same
    for columns, numbers in kept:
        named = (column.label if is_clear else _name(column) for column in columns)
        head = "Base" if len(kept) == 1 else f"Base: {'; '.join(dict.fromkeys(named))}"
        yield Leaf(head, tuple(Figure(number, "" if number is not None else NOT_APPLICABLE) for number in numbers))


def _agree(one: list[int | None], other: list[int | None]) -> bool:
    """Whether both say the same wherever both say something."""
    return all(a is None or b is None or a == b for a, b in zip(one, other, strict=True))
