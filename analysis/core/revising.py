"""Two releases cell by cell: what differs, how much, and the revised cells marked [r] (M96)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.core.table import CONFIDENTIAL, RANGES, UNSTABLE, Cell, Column, Measure, Row, Table
from analysis.core.tidy import TidyMeasure, ends_of

REVISED = "[r]"
WEAK = "Also of low reliability, {marker}: {places}."
Place = tuple[str, str, str]  # table, row, column
Compared = Measure | TidyMeasure  # the ends of intervals and bounds are figures of their own
ENDS: frozenset[Compared] = frozenset(
    {"interval_low", "interval_high", "interval_low_percent", "interval_high_percent", "bound_low", "bound_high"}
)


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
    measure: Compared
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


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of the differing figures say something else now, were not there before, and are there no more."""

    differing: int
    added: int
    gone: int


def changes(before: Iterable[Table], after: Iterable[Table]) -> tuple[Change, ...]:
    """Return every figure that differs in value, base or marker, in the order of the newer tables; gone ones last.

    That a figure was marked as revised is no difference by itself.
    """
    old, new = {table.id: table for table in before}, {table.id: table for table in after}
    ids = dict.fromkeys([*new, *old])
    return tuple(change for id_ in ids for change in _changes(old.get(id_), new.get(id_)))


def revised(tables: Iterable[Table], *, before: Iterable[Table]) -> tuple[Table, ...]:
    """Return the tables with [r] on each cell that stood in the tables before and says something else now.

    What bore [r] before bears it still: it is revised since it was first published. A cell that is withheld, or has no
    figure for another reason, keeps its marker. One of low reliability bears [r] and is named in a note, since a cell
    has room for one marker.
    """
    kept, old = tuple(tables), tuple(before)
    found = {change.place for change in changes(old, kept) if change.before and change.after} | _revised_before(old)
    return tuple(_marked(table, {place[1:] for place in found if place[0] == table.id}) for table in kept)


def has_revised(tables: Iterable[Table]) -> bool:
    """Return whether any cell is marked as revised."""
    return any(cell.marker == REVISED for table in tables for cell in table.cells.values())


def tally(found: Sequence[Change]) -> Tally:
    """Return how many figures changed, came and went."""
    added = sum(each.before is None for each in found)
    gone = sum(each.after is None for each in found)
    return Tally(len(found) - added - gone, added, gone)


def largest(found: Sequence[Change], *, measures: Collection[Compared]) -> int:
    """Return the largest change of any of the measures, 0 where nothing of them changed."""
    return max((change.size or 0 for change in found if change.measure in measures), default=0)


def figures_in(tables: Iterable[Table]) -> int:
    """Return how many figures the tables have room for, each end of an interval one of them."""
    return sum(len(_figures(table)) for table in tables)


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


def _revised_before(tables: Iterable[Table]) -> set[Place]:
    return {(table.id, *place) for table in tables for place, cell in table.cells.items() if cell.marker == REVISED}


Told = tuple[tuple[Table, Row, Column, Compared], Figure]


def _figures(table: Table | None) -> Mapping[tuple[str, str, str], Told]:
    if table is None:
        return {}
    return {
        (row.id, column.id, measure): ((table, row, column, measure), figure)
        for row, column, cell in table.walk()
        for measure, figure in _figures_in(column, cell)
    }


def _figures_in(column: Column, cell: Cell) -> Iterator[tuple[Compared, Figure]]:
    """Those of a cell: a range is told by its ends, and only where it stands without its count as it is printed."""
    for measure in column.measures:
        if measure not in RANGES or "count" not in column.measures:
            yield measure, Figure(cell.value(measure), cell.text(measure), cell.base, cell.marker_for(measure))
    for end, value, base, marker in ends_of(column, cell):
        yield end, Figure(value, "" if value is None else f"{value:,}", base, marker)


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
