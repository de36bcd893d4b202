"""What a format tells of each figure, and how figures that stand in rows and columns are given their names."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.core.table import Table

Place = tuple[str, str, str, str]  # table, row, column, measure


@dataclass(frozen=True)
class Told:
    """The value and what is said about it; `base` is that of a figure that is there."""

    value: int | None
    marker: str
    base: int | None
    is_flagged: bool = False


Figures = dict[Place, Told]


@dataclass(frozen=True)
class ReadRow:
    """One row as it was read: its label with the heading it stands under, and its figures from the left."""

    label: str
    told: Sequence[Told]


def expected(tables: Iterable[Table]) -> Figures:
    """What each format must tell."""
    return {
        (table.id, row.id, column.id, measure): Told(
            cell.value(measure),
            cell.marker_for(measure),
            cell.base if cell.value(measure) is not None else None,
            cell.printed is not None and cell.printed.measure == measure,
        )
        for table in tables
        for row, column, cell in table.walk()
        for measure in column.measures
        if measure != "interval"
    }


def named(table: Table, rows: Sequence[ReadRow]) -> Iterator[tuple[Place, Told]]:
    """Yield the figures of a table that was read as rows, each with the name of its place."""
    labels = [" / ".join(filter(None, (row.panel, row.label))) for row in table.rows]
    assert [_unbroken(row.label) for row in rows] == list(map(_unbroken, labels))
    places = [(column.id, measure) for column in table.columns for measure in column.measures]
    for row, read in zip(table.rows, rows, strict=True):
        for (column, measure), told in zip(places, read.told, strict=True):
            if measure != "interval":
                yield (table.id, row.id, column, measure), told


def _unbroken(label: str) -> str:
    """Where a page breaks a line between two words is no difference."""
    return "".join(label.split())


def base_of(head: str, *, words: str, beside: Mapping[str, int | None]) -> int | None:
    """What a percentage is of, as a reader finds it: in the line on the base, or in a column of the same row."""
    if "Eligible" in head:
        return None
    for unit in ("authorities", "boards"):
        if f"(% of {unit})" in head:
            return beside[f"Eligible {unit}"]
    label = re.search(r"(\d{4}) \((LGA survey)\)", head)
    pattern = rf"{label[2]}, {label[1]}: N = (\d+)" if label else r"\(N = (\d+)"
    found = re.search(pattern, words)
    assert found is not None, words
    return int(found[1])
