"""Two releases cell by cell: what differs, how much, and the revised cells marked [r] (M96)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.core.table import CONFIDENTIAL, UNSTABLE, Cell, Column, Measure, Row, Table

REVISED = "[r]"
WEAK = "Also of low reliability, {marker}: {places}."
Place = tuple[str, str, str]  # table, row, column


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as it stands in a release; no text where nothing is shown."""

    value: int | None
    text: str
    base: int | None
    marker: str


@dataclass(frozen=True, slots=True)
class Change:
    """One figure that is not the same in two releases; there is none before what was added, nor after what has gone."""

    table: Table
    row: Row
    column: Column
    measure: Measure
    before: Figure | None
    after: Figure | None

    @property
    def place(self) -> Place:
        return self.table.id, self.row.id, self.column.id

    @property
    def size(self) -> int | None:
        """Return by how much the value changed, without its sign; None where either has no value."""
        if not (self.before and self.after) or self.before.value is None or self.after.value is None:
            return None
        return abs(self.after.value - self.before.value)


def changes(before: Iterable[Table], after: Iterable[Table]) -> tuple[Change, ...]:
    """Return every figure that differs in value, base or marker, in the order of the newer tables; gone ones last.

    That a figure was marked as revised is no difference by itself.
    """
    old, new = {table.id: table for table in before}, {table.id: table for table in after}
    ids = dict.fromkeys([*new, *old])
    return tuple(change for id_ in ids for change in _changes(old.get(id_), new.get(id_)))


def revised(tables: Iterable[Table], *, before: Iterable[Table]) -> tuple[Table, ...]:
    """Return the tables with [r] on each cell that stood in the tables before and says something else now.

    A cell that is withheld, or has no figure for another reason, keeps its marker. One of low reliability bears [r]
    and is named in a note, since a cell has room for one marker.
    """
    kept = tuple(tables)
    found = {change.place for change in changes(before, kept) if change.before and change.after}
    return tuple(_marked(table, {place[1:] for place in found if place[0] == table.id}) for table in kept)


def largest(found: Sequence[Change], *, measure: Measure) -> int:
    """Return the largest change of a measure, 0 where nothing of it changed."""
    return max((change.size or 0 for change in found if change.measure == measure), default=0)


def figures_in(tables: Iterable[Table]) -> int:
    """Return how many figures the tables have room for."""
    return sum(len(column.measures) for table in tables for _, column, _ in table.walk())


def uncovered(found: Iterable[Change]) -> tuple[Change, ...]:
    """Return the figures that were withheld so that no board can be identified, and would be shown now (M55)."""
    return tuple(
        each for each in found if each.before and each.before.marker == CONFIDENTIAL and each.after and each.after.text
    )


def _changes(old: Table | None, new: Table | None) -> Iterator[Change]:
    before, after = _figures(old), _figures(new)
    for key in dict.fromkeys([*after, *before]):
        was, now = before.get(key), after.get(key)
        if _bare(was[1] if was else None) != _bare(now[1] if now else None):
            told = now or was
            if told is not None:
                table, row, column, measure = told[0]
                yield Change(table, row, column, measure, was[1] if was else None, now[1] if now else None)


Told = tuple[tuple[Table, Row, Column, Measure], Figure]


def _figures(table: Table | None) -> Mapping[tuple[str, str, str], Told]:
    if table is None:
        return {}
    return {
        (row.id, column.id, measure): ((table, row, column, measure), _figure(cell, measure))
        for row, column, cell in table.walk()
        for measure in column.measures
    }


def _figure(cell: Cell, measure: Measure) -> Figure:
    return Figure(cell.value(measure), cell.text(measure), cell.base, cell.marker_for(measure))


def _bare(figure: Figure | None) -> Figure | None:
    """What is compared: low reliability follows from the figures, and [r] from an earlier comparison."""
    return figure and replace(figure, marker="" if figure.marker in (REVISED, UNSTABLE) else figure.marker)


def _marked(table: Table, places: set[tuple[str, ...]]) -> Table:
    marked = [place for place in table.cells if place in places and table.cells[place].marker in ("", UNSTABLE)]
    weak = [place for place in marked if table.cells[place].marker == UNSTABLE]
    cells = {**table.cells, **{place: replace(table.cells[place], marker=REVISED) for place in marked}}
    note = (WEAK.format(marker=UNSTABLE, places="; ".join(_names(table, weak))),) if weak else ()
    return replace(table, cells=cells, notes=(*table.notes, *note))


def _names(table: Table, places: Iterable[tuple[str, str]]) -> Iterator[str]:
    rows, columns = {row.id: row for row in table.rows}, {column.id: column.label for column in table.columns}
    for row, column in places:
        yield ", ".join(word for word in (rows[row].panel, rows[row].label, columns[column]) if word)
