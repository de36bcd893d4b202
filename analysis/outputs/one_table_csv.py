"""One table as tidy CSV for people and programs alike: what was asked and answered in words, numbers in columns."""

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.core.table import Cell, Column, Measure, Row, Table, percents_of
from respondents.tabular.writing import Cell as Written
from respondents.tabular.writing import write_csv

HEADS = (
    *("item", "category", "survey", "count", "base", "percent", "interval_low_percent", "interval_high_percent"),
    *("status", "note"),
)


@dataclass(frozen=True, slots=True)
class _Place:
    """What a figure is about: the question or group, the answer, and the survey where there is more than one."""

    item: str
    category: str
    survey: str = ""


def one_table_csv(table: Table) -> bytes:
    """Return a header and a line for each figure with its percentage; what has no number says why under `status`."""
    return write_csv(HEADS, list(_lines(table)))


def _lines(table: Table) -> Iterator[tuple[Written, ...]]:
    for row in table.rows:
        if table.kind in {"frequency", "multiple"}:
            shown = {measure for column in table.columns for measure in column.measures}
            cell = table.cell(row.id, table.columns[0].id)
            yield _line(table, _Place(table.title, row.label), cell, shown)
            continue
        for column in table.columns:
            yield _line(table, _place(table, row, column), table.cell(row.id, column.id), set(column.measures))


def _place(table: Table, row: Row, column: Column) -> _Place:
    """Agencies stand over the columns of ratings; over those of statements stands the answer."""
    if table.kind == "ratings":
        return _Place(f"{row.panel}: {column.group}", row.label, column.label)
    item = ": ".join(word for word in (row.panel, row.label) if word)
    return _Place(item, column.group, column.label) if column.group else _Place(item, column.label)


def _line(table: Table, place: _Place, cell: Cell, shown: set[Measure]) -> tuple[Written, ...]:
    ends = percents_of(cell.interval) if cell.interval else (None, None)
    markers = (cell.marker_for(measure) for measure in ("percent", "count") if measure in shown)
    return (
        place.item,
        place.category,
        place.survey,
        cell.count if "count" in shown else None,
        cell.base,
        cell.percent if "percent" in shown else None,
        *ends,
        next(filter(None, markers), ""),
        " ".join((*table.marks, *_published(cell, shown))),
    )


def _published(cell: Cell, shown: set[Measure]) -> Iterator[str]:
    if cell.printed is not None and cell.printed.measure in shown:
        yield cell.printed.words
