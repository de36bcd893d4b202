"""The table that is shown as files: protected, with the draft mark, its base and its intervals in every one of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.core.ordering import by_agreement
from analysis.core.shape import TOTAL_ID
from analysis.core.table import Cell, Column, Row, Table, percents_of
from analysis.exploring.choices import BASES
from analysis.exploring.looking import Explored
from analysis.exploring.refusals import NothingToDraw
from analysis.exploring.specifying import code_of
from analysis.outputs.charts_svg import ChartPage, charts_of
from analysis.outputs.png_drawing import png_of
from analysis.outputs.ranges_drawing import draw_ranges
from analysis.outputs.standing_drawing import standing, svg_of
from respondents.tabular import writing

HEADS = (
    *("item", "group", "answer", "count", "base", "percent"),
    *("interval_low_percent", "interval_high_percent", "interval_low_boards", "interval_high_boards", "boards"),
    *("bound_low_percent", "bound_high_percent", "bound_low_boards", "bound_high_boards"),
    *("status", "note"),
)
Line = Sequence[writing.Cell]


@dataclass(frozen=True)
class FileKind:
    """How the shown table becomes a file of this kind."""

    render: Callable[[Explored], bytes]
    content_type: str


def lines_of(table: Table, *, item: str) -> Iterator[Line]:
    """One line for each figure: numbers in columns of their own, the marker that replaces or qualifies them beside.

    `item` names what a table of one item is about.
    """
    note = " ".join(filter(None, (*table.marks, table.evenness)))
    for row, column, cell in table.walk():
        if column.id != TOTAL_ID:
            figures = cell.count, _base(cell, column), cell.percent, *_ends(cell)
            yield *_names(table, row, item=item), column.label, *figures, cell.marker, note


def _names(table: Table, row: Row, *, item: str) -> tuple[str, str]:
    """The item of the row and its group; a table without groups has an item in each row."""
    if any(each.total for each in table.rows):
        return row.panel or item, row.label
    return row.label, "All returns"


def _base(cell: Cell, column: Column) -> int | None:
    return cell.base if "percent" in column.measures else None


def _ends(cell: Cell) -> tuple[int | None, ...]:
    """Both ends of the interval with the number of all boards, then both bounds."""
    found, bounds = cell.interval, cell.bounds
    ends = (*percents_of(found), found.low_count, found.high_count, found.population) if found else (None,) * 5
    return (*ends, *percents_of(bounds), bounds.low_count, bounds.high_count) if bounds else (*ends, *(None,) * 4)


def _csv(explored: Explored) -> bytes:
    return writing.write_csv(HEADS, list(lines_of(explored.safe, item=explored.name)))


def _xlsx(explored: Explored) -> bytes:
    table = explored.safe
    about = writing.Sheet("About", ("What", "Words"), list(_about(explored, table)))
    notes = (*table.notes, *filter(None, [table.evenness]))
    figures = writing.Sheet("Table", HEADS, list(lines_of(table, item=explored.name)), notes=notes)
    return writing.write_xlsx([about, figures], title=table.title)


def _about(explored: Explored, table: Table) -> Iterator[Line]:
    yield "Title", table.title
    yield from (("Mark", mark) for mark in table.marks)
    yield "Base", f"{BASES[explored.choice.base]}. {table.base_note}"
    yield "Source", table.source
    yield "In the analysis plan", code_of(explored.spec, plan=explored.plan)


def _svg(explored: Explored) -> bytes:
    return svg_of(_chart(explored)).encode()


def _png(explored: Explored) -> bytes:
    return png_of(_chart(explored))


def _chart(explored: Explored) -> ChartPage:
    """The chart of the protected table; NothingToDraw where nothing may be drawn of it."""
    table = explored.safe
    charts = charts_of(table, explored.spec.chart, unit=explored.unit)
    if not charts:
        raise NothingToDraw(
            "No row of this table can be drawn: it has no returns, or something in every row is withheld so that no "
            "board can be identified. Take the table away instead, choose a coarser breakdown, or collapse the scale."
        )
    above = (*table.marks, table.base_note)
    below = (charts[0].reading, table.evenness, f"Source: {table.source}")
    under = draw_ranges(by_agreement(table), unit=explored.unit)
    return standing(charts[0], above=above, under=under, below=filter(None, below))


FILES: Mapping[str, FileKind] = {
    "csv": FileKind(_csv, "text/csv; charset=utf-8"),
    "xlsx": FileKind(_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "svg": FileKind(_svg, "image/svg+xml; charset=utf-8"),
    "png": FileKind(_png, "image/png"),
}
