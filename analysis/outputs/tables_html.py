"""A table as a page shows it: every text and class in its place, so that the template only sets it down."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

from django.template.loader import render_to_string

from analysis.core.shape import TOTAL_ID
from analysis.core.table import Cell, Column, Measure, Row, Table
from analysis.outputs.rows_html import Difference, Figure, Line, Panel
from analysis.outputs.table_notes import plain_notes, shared_marker, shorthand

SIGNS: Mapping[Measure, str] = {"count": "n", "percent": "%", "interval": "95% interval", "bounds": "bounds"}
UNITS: Mapping[Measure, str] = {"count": "", "percent": "%", "interval": "", "bounds": ""}


ON_A_PAGE = 42  # rows; a table of more would leave the rest of a page white if it were not broken


@dataclass(frozen=True, slots=True)
class Head:
    """One cell of the table's head: what it says and how many figures it stands over; `scope` is empty in a corner."""

    text: str
    scope: Literal["col", "colgroup", ""]
    span: int
    style: str


@dataclass(frozen=True, slots=True)
class TablePage:
    """A whole table, ready for `components/table.html`."""

    id: str
    number: str
    title: str
    base: str
    caveat: str
    style: str
    columns: tuple[str, ...]
    heads: tuple[tuple[Head, ...], ...]
    panels: tuple[Panel, ...]
    differences: tuple[Difference, ...]
    notes: tuple[str, ...]
    source: str
    marks: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """How many columns there are, the stub among them."""
        return len(self.columns)


@dataclass(frozen=True, slots=True)
class _Leaf:
    """One column of figures: a column of the table and one of its measures."""

    column: Column
    measure: Measure
    has_gap: bool
    is_alone: bool  # a single measure where other columns have two
    marker: str  # the marker that every figure of the column bears, said once in the head

    @property
    def style(self) -> str:
        return _classes(self.measure, self.cell_style, alone=self.is_alone)

    @property
    def cell_style(self) -> str:
        """Most cells need no class: a report has a thousand of them."""
        return _classes(gap=self.has_gap, apart=self.column.apart)


def render_table(table: Table, *, unit: str = "", dates: str = "") -> str:
    """Return the HTML of a table with its caption, base, notes and source."""
    return render_to_string("components/table.html", {"table": table_page(table, unit=unit, dates=dates)})


def table_page(table: Table, *, unit: str = "", dates: str = "") -> TablePage:
    """Return the table ready to be set; `unit` and `dates` follow the base in the line under the title."""
    leaves = tuple(_leaves(table))
    differences = dict(_differences(table))
    return TablePage(
        id=table.id,
        number=table.numeral,
        title=table.title,
        base=" ".join(_sentence(part) for part in (table.base_note, unit, dates) if part),
        caveat=table.caveat,
        style=_classes(
            f"table table--{table.kind.replace('_', '-')}",
            **{"table--beside": bool(table.caveat), "table--long": len(table.rows) > ON_A_PAGE},
        ),
        columns=("stub", *(leaf.style for leaf in leaves)),
        heads=tuple(_heads(table, leaves)),
        panels=tuple(_panels(table, leaves, differences)),
        differences=tuple(differences.values()),
        notes=tuple(_notes(table)),
        source=table.source,
        marks=table.marks,
    )


def letter(place: int) -> str:
    """Return a, b, c and so on for 0, 1, 2; after z come aa, ab, ac."""
    before, last = divmod(place, 26)
    return (letter(before - 1) if before else "") + chr(ord("a") + last)


def _leaves(table: Table) -> Iterator[_Leaf]:
    """Columns stand off by a space where a group begins, and where what is set apart begins and ends."""
    gaps = [False, *(_differs(left, right) for left, right in pairwise(table.columns))]
    most = max((len(column.measures) for column in table.columns), default=0)
    for column, has_gap in zip(table.columns, gaps, strict=True):
        for measure in column.measures:
            yield _Leaf(
                column=column,
                measure=measure,
                has_gap=has_gap and measure == column.measures[0],
                is_alone=len(column.measures) < most,
                marker=shared_marker(table, column, measure),
            )


def _differs(left: Column, right: Column) -> bool:
    is_wide = "interval" in left.measures  # with three figures to an answer, each answer stands off
    return is_wide or (left.group, left.apart) != (right.group, right.apart) or right.id == TOTAL_ID


def _heads(table: Table, leaves: Sequence[_Leaf]) -> Iterator[tuple[Head, ...]]:
    """Up to three rows: groups of columns, columns, and their measures where any column has two."""
    has_measures = any(len(column.measures) > 1 for column in table.columns)
    rows: list[list[Head]] = []
    if any(column.group for column in table.columns):
        rows.append([_spanner(group, list(found)) for group, found in groupby(leaves, lambda leaf: leaf.column.group)])
    named = groupby(leaves, lambda leaf: leaf.column)
    rows.append([_column_head(column, list(found), is_last=not has_measures) for column, found in named])
    if has_measures:
        rows.append([Head(SIGNS[leaf.measure], "col", 1, leaf.style) for leaf in leaves])
    for row in rows[:-1]:
        yield (Head("", "", 1, "stub"), *row)
    yield (Head(table.stub_label, "col", 1, "stub"), *rows[-1])


def _spanner(group: str, leaves: Sequence[_Leaf]) -> Head:
    style = _classes("spanner", gap=leaves[0].has_gap, apart=leaves[0].column.apart)
    return Head(group, "colgroup" if group else "", len(leaves), style)


def _column_head(column: Column, leaves: Sequence[_Leaf], *, is_last: bool) -> Head:
    markers = {leaf.marker for leaf in leaves if leaf.marker}
    text = " ".join((column.label, *sorted(markers)))
    if len(leaves) > 1:
        return _spanner(text, leaves)
    return Head(text, "col", 1, leaves[0].style if is_last else _classes("over", leaves[0].style))


def _panels(table: Table, leaves: Sequence[_Leaf], differences: Mapping[str, Difference]) -> Iterator[Panel]:
    for heading, rows in groupby(table.rows, lambda row: row.panel):
        yield Panel(heading, tuple(_line(table, row, leaves, differences) for row in rows))


def _line(table: Table, row: Row, leaves: Sequence[_Leaf], differences: Mapping[str, Difference]) -> Line:
    figures = tuple(_figure(table.cell(row.id, leaf.column.id), row, leaf, differences) for leaf in leaves)
    return Line(row.label, _classes("total" if row.total else "", apart=row.apart), figures)


def _figure(cell: Cell, row: Row, leaf: _Leaf, differences: Mapping[str, Difference]) -> Figure:
    value, marker = cell.value(leaf.measure), cell.marker_for(leaf.measure)
    is_differing = cell.printed is not None and cell.printed.measure == leaf.measure
    return Figure(
        text=cell.text(leaf.measure),
        marker="" if value is not None and marker == leaf.marker else marker,
        style=leaf.cell_style,
        difference=differences[_place(row, leaf.column)] if is_differing else None,
    )


def _differences(table: Table) -> Iterator[tuple[str, Difference]]:
    for place, (row, column, cell) in enumerate(table.differing):
        if cell.printed is not None:
            mark = letter(place)
            text = cell.printed.words
            yield (
                _place(row, column),
                Difference(mark, f"{table.id}-mark-{mark}", f"{table.id}-note-{mark}", text),
            )


def _place(row: Row, column: Column) -> str:
    return f"{row.id} {column.id}"


def _notes(table: Table) -> Iterator[str]:
    """The notes in order, then all markers on one line."""
    yield from plain_notes(table)
    explained = " ".join(shorthand(table))
    if explained:
        yield explained


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _classes(*names: str, **states: bool) -> str:
    on: Iterable[str] = (name for name, is_on in states.items() if is_on)
    return " ".join(filter(None, (*names, *on)))
