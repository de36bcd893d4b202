"""A workbook as a value: pages with lines of text and at most one table each. Text here is text, whatever it says."""

from dataclasses import dataclass
from typing import Literal

LONGEST_TEXT = 32_767  # letters that a cell of a workbook can hold
LineKind = Literal["title", "notice", "heading", "text"]
ColumnKind = Literal["label", "figure", "remark"]


@dataclass(frozen=True, slots=True)
class Marked:
    """A number, and what is shown behind it in its cell: a marker, a note. The cell holds the number alone."""

    number: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class Linked:
    """Text that leads to the first cell of another page."""

    text: str
    page: str


Content = str | Marked | Linked


@dataclass(frozen=True, slots=True)
class Line:
    """One line above a table, in the first column."""

    content: str | Linked
    kind: LineKind = "text"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: a head for each column, each once, and something in every cell.

    The first `labels` columns name the rows; so many columns behind them hold figures, the rest remarks.
    """

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Content, ...], ...]
    labels: int = 1
    figures: int = 0
    strong: frozenset[int] = frozenset()  # the rows that sum others, from 0

    def kind(self, place: int) -> ColumnKind:
        """Return what the column at this place, from 0, holds."""
        return "label" if place < self.labels else "figure" if place < self.labels + self.figures else "remark"


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet."""

    name: str
    lines: tuple[Line, ...]
    grid: Grid | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """Sheets in order, and what the properties of the file say."""

    title: str
    author: str
    language: str
    made: str  # the day, as 2012-05-14
    about: str
    pages: tuple[Page, ...]


def text_of(content: Content) -> str:
    """Return what a reader sees in a cell."""
    if isinstance(content, Marked):
        return f"{content.number:,} {content.words}".strip()
    return content.text if isinstance(content, Linked) else content


def plain(text: str) -> str:
    """Return the text on one line, without signs that no file of sheets can hold; ValueError where it is too long."""
    found = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    if len(found) > LONGEST_TEXT:
        raise ValueError(f"{len(found):,} letters do not fit into one cell: {found[:60]}…")
    return found
