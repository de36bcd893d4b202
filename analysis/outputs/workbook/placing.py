"""A sheet row by row: what stands in each cell and how it looks, for every kind of file alike."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from analysis.outputs.workbook.layout import Layout
from analysis.outputs.workbook.values import ColumnKind, Content, Grid, Line, LineKind, Linked, Marked, Page

SIZE, TITLE_SIZE = 12, 15


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks; `behind` is what is shown behind its number, None where it holds none."""

    size: int = SIZE
    is_bold: bool = False
    is_broken: bool = False
    is_low: bool = False
    is_shaded: bool = False
    is_link: bool = False
    side: Literal["left", "right"] = "left"
    is_indented: bool = False
    behind: str | None = None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its height in points and its cells from the left."""

    height: float
    cells: tuple[tuple[Content, Look], ...]
    is_head: bool = False


LINES: dict[LineKind, Look] = {
    "title": Look(size=TITLE_SIZE, is_bold=True),
    "notice": Look(is_bold=True),
    "heading": Look(is_bold=True, is_low=True),
    "text": Look(),
}
COLUMNS: dict[ColumnKind, Look] = {
    "label": Look(is_broken=True),
    "figure": Look(side="right"),
    "remark": Look(is_broken=True, is_indented=True),
}


def rows_of(page: Page, layout: Layout) -> Iterator[SheetRow]:
    """Yield the rows from the first: the lines, then the head of the table, then its rows."""
    for line, height, is_broken in zip(page.lines, layout.lines, layout.broken, strict=True):
        yield SheetRow(height, (_line(line, is_broken=is_broken),))
    if page.grid:
        yield from _rows_of_grid(page.grid, layout)


def _line(line: Line, *, is_broken: bool) -> tuple[Content, Look]:
    return line.content, _for(line.content, replace(LINES[line.kind], is_broken=is_broken))


def _rows_of_grid(grid: Grid, layout: Layout) -> Iterator[SheetRow]:
    columns = [COLUMNS[grid.kind(place)] for place in range(len(grid.heads))]
    heads = (replace(look, is_bold=True, is_broken=True, is_low=True, is_shaded=True) for look in columns)
    yield SheetRow(layout.head, tuple(zip(grid.heads, heads, strict=True)), is_head=True)
    for at, row in enumerate(grid.rows):
        looks = [replace(look, is_bold=True) for look in columns] if at in grid.strong else columns
        cells = tuple((content, _for(content, look)) for content, look in zip(row, looks, strict=True))
        yield SheetRow(layout.rows[at], cells)


def _for(content: Content, look: Look) -> Look:
    if isinstance(content, Marked):
        return _of_number(look, content.words)
    return replace(look, is_link=True) if isinstance(content, Linked) else look


@lru_cache(maxsize=1_024)
def _of_number(look: Look, behind: str) -> Look:
    """Thousands of cells look one of a few ways."""
    return replace(look, behind=behind)
