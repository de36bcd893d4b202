"""Figures of other publications, read from CSV: comparators known by percentages, and printed tables."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from analysis.core.plan_document import ComparatorSpec, Erratum

T = TypeVar("T")

Figure = tuple[str, str, str, str]  # table, panel, agency, rating
PrintedPlace = tuple[str, str, str, str]  # table, row, column, measure


class UnreadableError(Exception):
    """A reference file cannot be used; says which line is wrong, and how."""


@dataclass(frozen=True)
class Comparator:
    """An earlier survey and its published whole percentages."""

    spec: ComparatorSpec
    percents: Mapping[Figure, int] = field(default_factory=dict)

    def rated(self, *, table: str, panel: str, agency: str) -> bool:
        """Whether the survey published any rating of this agency in this panel."""
        return any(figure[:3] == (table, panel, agency) for figure in self.percents)

    @property
    def overfull(self) -> Iterator[str]:
        """The columns whose percentages add to more than rounding can explain: half a point for each figure."""
        columns: dict[tuple[str, ...], list[int]] = {}
        for figure, value in self.percents.items():
            columns.setdefault(figure[:3], []).append(value)
        for column, values in columns.items():
            if 2 * sum(values) > 200 + len(values):
                yield f"{', '.join(column)}: the percentages of {self.spec.id} add to {sum(values)}."


@dataclass(frozen=True)
class PrintedFigure:
    """One figure as a publication printed it; where it printed a dash there is no value."""

    text: str
    value: int | None


@dataclass(frozen=True)
class Published:
    """What a publication printed, and the errata known of it."""

    figures: Mapping[PrintedPlace, PrintedFigure]
    errata: tuple[Erratum, ...]
    returns: int
    name: str = "the published report"

    def erratum(self, place: PrintedPlace) -> Erratum | None:
        """Return the erratum that explains the figure at this place, if one is known."""
        return next((one for one in self.errata if place in cells_of(one)), None)

    def notes(self, table: str) -> tuple[str, ...]:
        """Return what readers who know the publication should be told about the whole table."""
        return tuple(f"{one.comment} ({one.id})" for one in self.errata if table in one.tables)


def cells_of(erratum: Erratum) -> tuple[PrintedPlace, ...]:
    """Return the places of the figures an erratum explains."""
    return tuple((cell.table, cell.row, cell.column, cell.measure) for cell in erratum.cells)


def counts_behind(value: int, *, base: int) -> range:
    """Return every whole count of the base that rounds to this percentage; none means it cannot be right.

    The percentage v of k is floor((200k + n) / 2n), so k runs from (2v - 1)n/200 to below (2v + 1)n/200.
    """
    lowest, beyond = (-(-(2 * value + side) * base // 200) for side in (-1, 1))
    return range(max(lowest, 0), min(beyond, base + 1))


def read_percents(text: str, *, base: int) -> dict[Figure, int]:
    """Read a comparator's percentages: source_table, aspect, agency, rating, percent, n."""
    percents: dict[Figure, int] = {}
    for line, row in _lines(text, columns=("source_table", "aspect", "agency", "rating", "percent", "n")):
        if _whole(row["n"], line=line) != base:
            raise UnreadableError(f"line {line}: its base is {row['n']}, not the {base} of the plan")
        figure = (row["source_table"], row["aspect"], row["agency"], row["rating"])
        _keep_once(percents, figure, _whole(row["percent"], line=line), line=line)
    return percents


def read_printed(text: str) -> dict[PrintedPlace, PrintedFigure]:
    """Read printed figures: table, row, column, measure, value_as_printed, value_number."""
    columns = ("table", "row", "column", "measure", "value_as_printed", "value_number")
    figures: dict[PrintedPlace, PrintedFigure] = {}
    for line, row in _lines(text, columns=columns):
        value = _whole(row["value_number"], line=line) if row["value_number"] else None
        place = (row["table"], row["row"], row["column"], row["measure"])
        _keep_once(figures, place, PrintedFigure(row["value_as_printed"], value), line=line)
    return figures


def _lines(text: str, *, columns: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(text), restval="")
    missing = [name for name in columns if name not in (reader.fieldnames or ())]
    if missing:
        raise UnreadableError(f"line 1: there is no column {', '.join(missing)}")
    for row in reader:
        yield reader.line_num, row


def _whole(text: str, *, line: int) -> int:
    if not (text.isascii() and text.isdigit()):
        raise UnreadableError(f"line {line}: “{text}” is not a whole number")
    return int(text)


def _keep_once(kept: dict[PrintedPlace, T], place: PrintedPlace, value: T, *, line: int) -> None:
    if place in kept:
        raise UnreadableError(f"line {line}: the figure for {', '.join(place)} is given twice")
    kept[place] = value
