"""One table as a sheet: what must be known of it, then a line for each of its rows, with something in every cell."""

import re
from collections.abc import Iterator, Mapping, Sequence

from analysis.core.table import Row, Table, TableKind
from analysis.outputs.table_notes import shorthand
from analysis.outputs.workbook.leaves import Figure, Leaf
from analysis.outputs.workbook.naming import CONTENTS, grid_name, unique
from analysis.outputs.workbook.noting import Notes
from analysis.outputs.workbook.values import Content, Grid, Line, Linked, Marked, Page, plain

PANELS: Mapping[TableKind, str] = {"ratings": "Aspect", "cross": "Item"}
NO_PANEL, NO_NOTES = "All", "No notes"


def table_page(table: Table, *, name: str, leaves: tuple[Leaf, ...], notes: Notes) -> Page:
    """Return the sheet of a table: title in the first cell, what qualifies it below, then the table itself."""
    has_notes = any(_remark(table, at, leaves, notes) for at in range(len(table.rows)))
    return Page(name, tuple(_lines(table, leaves, notes)), _grid(table, leaves, notes, has_notes=has_notes))


def _lines(table: Table, leaves: Sequence[Leaf], notes: Notes) -> Iterator[Line]:
    number = f"Table {table.numeral}. " if table.number else ""
    yield Line(plain(f"{number}{table.title} {notes.of_table(table)}"), "title")
    yield from (Line(plain(mark), "notice") for mark in table.marks)
    yield from (Line(sentence) for sentence in _sentences(table.caveat))
    yield Line(plain(f"Base: {table.base_note}"))
    yield from (Line(plain(said)) for said in shorthand(table, also=_markers(leaves)))
    yield Line(plain(f"Source: {table.source}"))
    yield Line("This sheet holds one table. Numbers in brackets lead to the sheet Notes.")
    yield Line(Linked("Back to the contents", CONTENTS))


def _markers(leaves: Sequence[Leaf]) -> frozenset[str]:
    return frozenset(figure.marker for leaf in leaves for figure in leaf.figures) - {""}


def _sentences(text: str) -> list[str]:
    """A long remark is one line for each of its sentences."""
    return [plain(each) for each in re.split(r"(?<=[.?!]) (?=[A-Z])", text.strip()) if each]


def _grid(table: Table, leaves: Sequence[Leaf], notes: Notes, *, has_notes: bool) -> Grid:
    has_panels = any(row.panel for row in table.rows)
    labels = [PANELS.get(table.kind, "Heading")] if has_panels else []
    last = ["Notes"] if has_notes else []
    heads = unique([*labels, table.stub_label, *(leaf.head for leaf in leaves), *last])
    rows = (
        (
            *([plain(row.panel) or NO_PANEL] if has_panels else []),
            plain(row.label),
            *(_content(row, leaf, leaf.figures[at], notes) for leaf in leaves),
            *([_remark(table, at, leaves, notes) or NO_NOTES] if has_notes else []),
        )
        for at, row in enumerate(table.rows)
    )
    strong = frozenset(at for at, row in enumerate(table.rows) if row.total)
    return Grid(grid_name(table.id), heads, tuple(rows), labels=len(labels) + 1, figures=len(leaves), strong=strong)


def _content(row: Row, leaf: Leaf, figure: Figure, notes: Notes) -> Content:
    """The number with what stands behind it, or the marker that stands for it."""
    if figure.number is None:
        return figure.marker
    return Marked(figure.number, _behind(row, leaf, figure, notes))


def _behind(row: Row, leaf: Leaf, figure: Figure, notes: Notes) -> str:
    own = "" if figure.number is None or figure.marker == leaf.shared else figure.marker
    return " ".join(word for word in (own, notes.of_figure(row, leaf, figure.of)) if word)


def _remark(table: Table, at: int, leaves: Sequence[Leaf], notes: Notes) -> str:
    """Which numbers of a row are qualified, and how: “[u] Agree: %; Disagree: %. [note 3] Total: %.”"""
    marked: dict[str, list[str]] = {}
    for leaf in leaves:
        behind = _behind(table.rows[at], leaf, leaf.figures[at], notes)
        for mark in re.findall(r"\[[^]]+\]", behind):
            marked.setdefault(mark, []).append(leaf.head)
    return plain(" ".join(f"{mark} {'; '.join(heads)}." for mark, heads in marked.items()))
