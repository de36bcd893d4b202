"""How wide the columns of a sheet are (in letters) and how high its rows (in points), so that every word is seen.

Both are said in the file: programs differ in whether they fit rows to broken text by themselves.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from analysis.outputs.workbook.values import Content, Grid, Line, LineKind, Page, text_of

ALONE, NARROWEST, WIDEST_NOTE, WIDEST_LABEL, WIDEST_OF_TWO = 100, 8, 40, 56, 34
SHORTEST_LABEL, ROOM = 14, 2
BREAKS_FROM = 50  # a narrower column would break a title into a tower
LETTERS_A_PAGE = 200  # more are printed on pages beside each other
ROW, TITLE, ABOVE_HEADING = 17.0, 20.0, 10.0
WIDER = {"title": 1.15, "heading": 0.95, "notice": 0.95, "text": 0.86}


@dataclass(frozen=True, slots=True)
class Layout:
    """The measures of one sheet: `lines` and `rows` are heights, `broken` tells of each line if it is broken to fit."""

    widths: tuple[int, ...]
    broken: tuple[bool, ...]
    lines: tuple[float, ...]
    head: float
    rows: tuple[float, ...]
    pages_wide: int
    pages_high: int  # 0 for as many as it takes


def layout_of(page: Page) -> Layout:
    """Return the measures of a sheet; the first column is as wide as the lines above a small table need it to be."""
    widths = [ALONE] if page.grid is None else list(_columns(page.grid))
    widths[0] += max(0, ALONE - sum(widths))
    broken = tuple(_is_broken(line, widths) for line in page.lines)
    return Layout(
        widths=tuple(widths),
        broken=broken,
        lines=tuple(
            _line_height(line, widths[0], is_broken=each) for line, each in zip(page.lines, broken, strict=True)
        ),
        head=_height(page.grid.heads, widths, bold=True) if page.grid else 0,
        rows=tuple(_row_heights(page.grid, widths)) if page.grid else (),
        pages_wide=_pages_wide(page.grid, widths) if page.grid else 1,
        pages_high=0 if page.grid else 1,
    )


def _is_broken(line: Line, widths: list[int]) -> bool:
    """Whether a line is broken within the first column; otherwise it stands over the columns beside it."""
    letters = len(text_of(line.content)) * WIDER[line.kind]
    return letters > sum(widths) - ROOM and widths[0] >= BREAKS_FROM


def _line_height(line: Line, width: int, *, is_broken: bool) -> float:
    each = TITLE if line.kind == "title" else ROW
    above = ABOVE_HEADING if line.kind == "heading" else 0
    return above + each * (_broken_into(text_of(line.content), width, kind=line.kind) if is_broken else 1)


def _row_heights(grid: Grid, widths: list[int]) -> Iterator[float]:
    return (_height(row, widths, bold=at in grid.strong) for at, row in enumerate(grid.rows))


def _pages_wide(grid: Grid, widths: list[int]) -> int:
    """On each page the columns that name the rows are repeated."""
    names = sum(widths[: grid.labels])
    return max(1, ceil((sum(widths) - names) / (LETTERS_A_PAGE - names))) if grid.figures else 1


def _height(row: tuple[Content, ...], widths: list[int], *, bold: bool) -> float:
    kind: LineKind = "heading" if bold else "text"
    return ROW * max(_broken_into(text_of(each), width, kind=kind) for each, width in zip(row, widths, strict=True))


def _broken_into(text: str, width: int, *, kind: LineKind) -> int:
    """Return into how many lines the words of a text are broken in a column; rather one too many than one too few."""
    room, lines, used = width / WIDER[kind], 1, 0
    if len(text) <= room:
        return 1
    for word in text.split():
        if used and used + 1 + len(word) > room:
            lines, used = lines + 1, 0
        used += len(word) + (1 if used else 0)
        lines += int(used // (room + 1))
    return lines


def _columns(grid: Grid) -> Iterator[int]:
    widest = WIDEST_LABEL if grid.labels == 1 else WIDEST_OF_TWO
    for place, head in enumerate(grid.heads):
        longest = max((len(text_of(row[place])) for row in grid.rows), default=0)
        if grid.kind(place) == "label":
            yield min(widest, max(SHORTEST_LABEL, len(head), longest) + ROOM)
        elif grid.kind(place) == "figure":
            yield max(NARROWEST, *map(len, head.split()), longest) + 1
        else:
            yield min(WIDEST_NOTE if grid.figures else ALONE, max(NARROWEST, len(head), longest) + ROOM)
