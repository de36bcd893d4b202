"""The notes of a workbook, numbered in the order in which a reader meets them; the same words are one note."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.core.table import Cell, Row, Table
from analysis.outputs.table_notes import plain_notes
from analysis.outputs.workbook.leaves import Leaf
from analysis.outputs.workbook.values import plain


@dataclass(frozen=True, slots=True)
class Note:
    """One note: its number, its words and the sheets it is about."""

    number: int
    text: str
    sheets: tuple[str, ...]

    @property
    def mark(self) -> str:
        """How a title or a cell refers to it."""
        return f"[note {self.number}]"


class Notes:
    """All notes of a workbook."""

    def __init__(self, tables: Sequence[Table], *, leaves: Mapping[str, tuple[Leaf, ...]], sheets: Mapping[str, str]):
        found: dict[str, list[str]] = {}
        for table in tables:
            for text in (*plain_notes(table), *_differences(table, leaves[table.id])):
                about = found.setdefault(text, [])
                if sheets[table.id] not in about:
                    about.append(sheets[table.id])
        self._by_text = {text: Note(at, text, tuple(about)) for at, (text, about) in enumerate(found.items(), 1)}

    def __iter__(self) -> Iterator[Note]:
        return iter(self._by_text.values())

    def of_table(self, table: Table) -> str:
        """Return the marks of the notes that are about a whole table."""
        return " ".join(self._by_text[text].mark for text in plain_notes(table))

    def of_figure(self, row: Row, leaf: Leaf, cell: Cell | None) -> str:
        """Return the mark of the note on what was published instead of this figure; nothing where there is none."""
        if cell is None or cell.printed is None or cell.printed.measure != leaf.measure:
            return ""
        return self._by_text[_difference(row, leaf, cell)].mark


def _differences(table: Table, leaves: Sequence[Leaf]) -> Iterator[str]:
    for place, row in enumerate(table.rows):
        for leaf in leaves:
            cell = leaf.figures[place].of
            if cell is not None and cell.printed is not None and cell.printed.measure == leaf.measure:
                yield _difference(row, leaf, cell)


def _difference(row: Row, leaf: Leaf, cell: Cell) -> str:
    if cell.printed is None:
        raise ValueError("This figure is the published one.")
    place = ", ".join(word for word in (row.panel, row.label, leaf.head) if word)
    return plain(f"{place}: {cell.printed.words}")
