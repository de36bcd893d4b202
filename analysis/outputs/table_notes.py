"""What is said below or above a table: its notes, and what its markers mean; the same in every format."""

from collections.abc import Iterator

from analysis.core.table import MARKERS, Column, Measure, Table


def plain_notes(table: Table) -> Iterator[str]:
    """Yield the notes that explain no marker, in order; whether those that answered are like all comes last."""
    yield from (note for note in table.notes if _marker_of(note) not in MARKERS)
    if table.evenness:
        yield table.evenness


def shorthand(table: Table, *, also: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield what each marker of the table means: as its notes say it, or else as all official statistics do."""
    yield from (note for note in table.notes if _marker_of(note) in MARKERS)
    used = {cell.marker for cell in table.cells.values()} | also
    explained = set(map(_marker_of, table.notes))
    yield from (f"{marker} = {meaning}." for marker, meaning in MARKERS.items() if marker in used - explained)


def shared_marker(table: Table, column: Column, measure: Measure) -> str:
    """Return the marker that every figure of a column bears: it is said once, in the head."""
    cells = (table.cell(row.id, column.id) for row in table.rows)
    found = {cell.marker_for(measure) for cell in cells if cell.value(measure) is not None}
    return found.pop() if len(found) == 1 else ""


def _marker_of(note: str) -> str:
    return note.split(" ", 1)[0]
