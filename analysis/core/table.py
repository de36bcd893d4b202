"""A table as an immutable value: stub, columns, and one cell for each pair of them; rendered last."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import floor
from typing import Literal

from analysis.core.percent import percent

Measure = Literal["count", "percent", "interval", "bounds"]
RANGES: frozenset[Measure] = frozenset({"interval", "bounds"})  # two figures each, not one
TableKind = Literal["response_rate", "outcomes", "frequency", "multiple", "statements", "ratings", "cross", "codes"]
ROWS_ARE_ANSWERS: frozenset[TableKind] = frozenset({"frequency", "multiple"})  # others have them in columns

BREAK, CONFIDENTIAL, UNSTABLE = "[b]", "[c]", "[u]"
NOT_AVAILABLE, NOT_APPLICABLE = "[x]", "[z]"

# The shorthand of UK official statistics; a marker that is not in this list is refused.
MARKERS: Mapping[str, str] = {
    BREAK: "break: these figures are not comparable with the others",
    CONFIDENTIAL: "confidential: withheld so that no board can be identified",
    "[e]": "estimated",
    "[low]": "rounds to 0 but is not 0",
    "[p]": "provisional",
    "[r]": "revised",
    UNSTABLE: "low reliability: a base under 20, or an interval for all boards wider than 30 points",
    "[w]": "none recorded in the survey",
    NOT_AVAILABLE: "not available",
    NOT_APPLICABLE: "not applicable",
}


@dataclass(frozen=True, slots=True)
class Printed:
    """The figure a publication printed where ours differs, with the erratum that explains it if one is known."""

    value: str
    measure: Measure
    erratum: str = ""
    comment: str = ""

    @property
    def words(self) -> str:
        """Return the sentence that says what was published in this place, and the erratum that explains it."""
        unit = "%" if self.measure == "percent" and self.value.isdigit() else ""  # some print a count with its share
        figure = f"{self.value}{unit}"
        if not self.erratum:
            return f"The published report prints {figure} here; no erratum is known."
        comment = self.comment.strip().removesuffix(".")
        reason = f"erratum {self.erratum}: {comment}" if comment else f"erratum {self.erratum}"
        return f"The published report prints {figure} here ({reason})."


@dataclass(frozen=True, slots=True)
class Interval:
    """Between which shares (0 to 1) a share of all units lies; in units too, where it is known how many there are."""

    low: float
    high: float
    low_count: int | None = None
    high_count: int | None = None
    population: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a count, the base it stands on and the percentage, with the marker that qualifies or replaces them."""

    count: int | None = None
    base: int | None = None
    percent: int | None = None
    marker: str = ""
    printed: Printed | None = None
    interval: Interval | None = None

    def __post_init__(self) -> None:
        if self.marker and self.marker not in MARKERS:
            raise ValueError(f"{self.marker} is not a known marker; use one of {', '.join(MARKERS)}.")

    def value(self, measure: Measure) -> int | None:
        """Return the figure of this measure, or None where the cell has none; a range is two figures, not one."""
        if measure in RANGES:
            return None
        return self.count if measure == "count" else self.percent

    def text(self, measure: Measure) -> str:
        """Return the figure as it is set, or nothing where the cell has none."""
        if measure == "interval":
            return percent_range(self.interval) if self.interval else ""
        if measure == "bounds":
            return percent_range(self.bounds) if self.bounds else ""
        value = self.value(measure)
        return "" if value is None else f"{value:,}"

    @property
    def bounds(self) -> Interval | None:
        """Between which numbers of all units the count lies, whatever those outside the base would say: Manski's.

        None where the number of all units is not known, or where the cell has no interval.
        """
        known = self.interval.population if self.interval else None
        if known is None or self.count is None or self.base is None:
            return None
        most = self.count + known - self.base
        return Interval(self.count / known, most / known, self.count, most, known)

    def marker_for(self, measure: Measure) -> str:
        """Return the marker of this measure: a count is never unreliable, and a figure that is there is not absent."""
        if self.marker == UNSTABLE and measure != "percent":
            return ""
        stands_for_nothing = self.marker in (NOT_AVAILABLE, NOT_APPLICABLE)
        return "" if stands_for_nothing and self.value(measure) is not None else self.marker


def percent_range(interval: Interval) -> str:
    """Return the interval in whole per cent: in units and from those where their number is known."""
    low, high = percents_of(interval)
    return f"{low}\u2013{high}"


def percents_of(interval: Interval) -> tuple[int, int]:
    """Return both ends in whole per cent, halves rounded up; from whole units where there are any."""
    if interval.population and interval.low_count is not None and interval.high_count is not None:
        return percent(interval.low_count, interval.population), percent(interval.high_count, interval.population)
    return floor(100 * interval.low + 0.5), floor(100 * interval.high + 0.5)


@dataclass(frozen=True, slots=True)
class Column:
    """One column, the spanner label over it and the measures it shows; `apart` sets it off to the right."""

    id: str
    label: str
    group: str = ""
    measures: tuple[Measure, ...] = ("count", "percent")
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row and the heading of the panel it stands in; `total` rows sum the others, `apart` rows are set off."""

    id: str
    label: str
    panel: str = ""
    total: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A numbered table that has exactly one cell for every row and column, and says what its base is."""

    id: str
    number: int
    title: str
    stub_label: str
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    cells: Mapping[tuple[str, str], Cell]
    base_note: str
    notes: tuple[str, ...]
    source: str
    kind: TableKind
    marks: tuple[str, ...] = ()  # what every copy of it must say: that it is a draft, that it was not planned
    overlaps: bool = False  # whether one return may stand in several columns
    caveat: str = ""  # what must be read before the figures: it stands with the title, never below
    evenness: str = ""  # whether those that answered are like all that could have: it goes with every copy
    companion_of: str = ""  # the table whose counts it shows on another base

    def __post_init__(self) -> None:
        places = [(row.id, column.id) for row, column in product(self.rows, self.columns)]
        if len(set(places)) != len(places) or set(places) != set(self.cells):
            raise ValueError(f"{self.id} must have exactly one cell for every row and column.")

    @property
    def numeral(self) -> str:
        """The number as it is printed: “3”, “3a” for the companion of table 3, nothing where there is none."""
        return f"{self.number}{'a' if self.companion_of else ''}" if self.number else ""

    @property
    def name(self) -> str:
        """What the table is called in a sentence: by its number, or by its title where it has none."""
        return f"Table {self.numeral}" if self.number else self.title

    @property
    def heading(self) -> str:
        """The number and the title."""
        return f"Table {self.numeral}. {self.title}" if self.number else self.title

    def cell(self, row_id: str, column_id: str) -> Cell:
        """Return the cell at this row and column."""
        return self.cells[row_id, column_id]

    def walk(self) -> Iterator[tuple[Row, Column, Cell]]:
        """Yield every cell with its row and column, row by row."""
        for row, column in product(self.rows, self.columns):
            yield row, column, self.cells[row.id, column.id]

    @property
    def differing(self) -> tuple[tuple[Row, Column, Cell], ...]:
        """The cells whose published figure differs from ours, in reading order."""
        return tuple(place for place in self.walk() if place[2].printed is not None)
