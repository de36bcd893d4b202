"""Tables as one long list: a line for each figure, in the ids and the order of the published tables."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from analysis.core.table import BREAK, RANGES, Cell, Column, Measure, Table, percents_of

TidyMeasure = Literal[
    "count",
    "percent",
    "interval_low",
    "interval_high",
    "interval_low_percent",
    "interval_high_percent",
    "bound_low",
    "bound_high",
]
MEASURES: Final[Mapping[TidyMeasure, str]] = {  # what each is, for whoever reads a file of them
    "count": "how many",
    "percent": "the count in per cent of its base, halves rounded up",
    "interval_low": (
        "the low end of the exact 95% interval: at least so many of all boards, if the silent are like those that "
        "answered; its base is the number of all boards"
    ),
    "interval_high": "the high end of that interval: at most so many of all boards; its base is that of the low end",
    "interval_low_percent": (
        "the low end of Wilson's 95% interval in per cent, where nobody knows how many there are of all boards; its "
        "base is that of the count"
    ),
    "interval_high_percent": "the high end of that interval in per cent",
    "bound_low": (
        "the fewest of all boards that are possible whatever the silent think: none of them; its base is the number of "
        "all boards"
    ),
    "bound_high": "the most of all boards that are possible whatever the silent think: all of them; the same base",
}
Figure = tuple[TidyMeasure, int | None, int | None, str]  # measure, value, base, marker


@dataclass(frozen=True, slots=True)
class TidyRow:
    """One figure of one table with its base; where there is none the marker says why.

    The note says what every copy of the table must say, what was published in this place where that differs, and of
    another survey's figure why it is not comparable; whether those that answered are like all that could have.
    """

    table: str
    row: str
    column: str
    measure: TidyMeasure
    value: int | None
    base: int | None
    marker: str
    note: str = ""


def tidy_rows(tables: Iterable[Table]) -> list[TidyRow]:
    """Return every figure of the tables: tables in order, row by row, column by column.

    Of one place the count stands before the percentage, then the ends of the interval and the bounds, where it has any.
    """
    return [
        TidyRow(table.id, row.id, column.id, *figure, _note(table, cell, figure[0]))
        for table in tables
        for row, column, cell in table.walk()
        for figure in (*_figures(column, cell), *ends_of(column, cell))
    ]


def without_intervals(tables: Iterable[Table]) -> tuple[Table, ...]:
    """Return the tables with their counts and percentages alone: no intervals, and so no bounds."""
    return tuple(
        replace(table, cells={place: replace(cell, interval=None) for place, cell in table.cells.items()})
        for table in tables
    )


def ends_of(column: Column, cell: Cell) -> Iterator[Figure]:
    """Yield the ends of the interval of a count, and its bounds: in boards where it is known how many there are."""
    found, marker = cell.interval, cell.marker_for("interval")
    if found is None or "count" not in column.measures:
        return
    if found.low_count is None or found.high_count is None:
        low, high = percents_of(found)
        yield "interval_low_percent", low, cell.base, marker
        yield "interval_high_percent", high, cell.base, marker
        return
    yield "interval_low", found.low_count, found.population, marker
    yield "interval_high", found.high_count, found.population, marker
    if bounds := cell.bounds:
        yield "bound_low", bounds.low_count, found.population, marker
        yield "bound_high", bounds.high_count, found.population, marker


def _figures(column: Column, cell: Cell) -> Iterator[Figure]:
    """The count and the percentage; a range is two figures and has its own."""
    for measure in column.measures:
        if measure not in RANGES:
            yield NAMES[measure], cell.value(measure), cell.base, cell.marker_for(measure)


NAMES: Final[Mapping[Measure, TidyMeasure]] = {"count": "count", "percent": "percent"}


def _note(table: Table, cell: Cell, measure: str) -> str:
    said = (*table.marks, *_published(cell, measure), *compared(table, cell), table.evenness)
    return " ".join(filter(None, said))


def _published(cell: Cell, measure: str) -> tuple[str, ...]:
    return (cell.printed.words,) if cell.printed is not None and cell.printed.measure == measure else ()


def compared(table: Table, cell: Cell) -> tuple[str, ...]:
    """Return the statement on comparing, beside each figure that is marked as a break."""
    return (table.caveat,) if cell.marker == BREAK and table.caveat else ()
