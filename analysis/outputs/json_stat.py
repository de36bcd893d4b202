"""Tables as JSON-stat 2.0: a dataset each, in one collection. What is withheld is null, its marker in `status`."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final, Literal

from analysis.core.table import CONFIDENTIAL, NOT_APPLICABLE, Cell, Column, Table
from analysis.core.tidy import MEASURES, TidyMeasure, ends_of

Metric = TidyMeasure | Literal["base", "population"]
Document = dict[str, Any]

METRICS: Final[dict[Metric, tuple[str, str]]] = {  # the label of each, and its unit
    "count": ("Count", "returns"),
    "percent": ("Percentage", "per cent"),
    "base": ("Base of the percentage", "returns"),
    "interval_low": ("95% interval, low end", "boards"),
    "interval_high": ("95% interval, high end", "boards"),
    "interval_low_percent": ("95% interval, low end (%)", "per cent"),
    "interval_high_percent": ("95% interval, high end (%)", "per cent"),
    "bound_low": ("Fewest possible", "boards"),
    "bound_high": ("Most possible", "boards"),
    "population": ("All boards that interval and bounds are of", "boards"),
}
OF_ALL: Final[frozenset[Metric]] = frozenset(METRICS) - {"count", "percent", "base"}


def json_stat(tables: Iterable[Table]) -> str:
    """Return a collection that holds the dataset of every table, in order."""
    made = [dataset(table) for table in tables]
    return json.dumps({"version": "2.0", "class": "collection", "link": {"item": made}}, ensure_ascii=False) + "\n"


def dataset(table: Table) -> Document:
    """Return one table: rows by columns by metrics, each value in the order of its place (row-major)."""
    metrics = _metrics(table)
    found = [_figure(cell, column, metric) for _, column, cell in table.walk() for metric in metrics]
    return {
        "version": "2.0",
        "class": "dataset",
        "label": table.heading,
        "source": table.source,
        "note": [each for each in (*table.marks, table.caveat, table.base_note, *table.notes, table.evenness) if each],
        "id": ["row", "column", "metric"],
        "size": [len(table.rows), len(table.columns), len(metrics)],
        "role": {"metric": ["metric"]},
        "dimension": _dimensions(table, metrics),
        "value": [value for value, _ in found],
        "status": {str(place): marker for place, (_, marker) in enumerate(found) if marker},
        "extension": {
            "id": table.id,
            "number": table.number,
            **({"companion_of": table.companion_of} if table.companion_of else {}),
            "published": list(_published(table)),
        },
    }


def _published(table: Table) -> Iterator[Document]:
    """The figures that were published otherwise, each with its place and its erratum."""
    for row, column, cell in table.differing:
        if cell.printed is not None:
            place = [row.id, column.id, cell.printed.measure]
            yield {"place": place, "printed": cell.printed.value, "erratum": cell.printed.erratum}


def _metrics(table: Table) -> tuple[Metric, ...]:
    """The figures that any column shows, the base on which they stand, and what any cell tells of all boards."""
    shown = {measure for column in table.columns for measure in column.measures} | {"base"}
    ranged = {metric for _, column, cell in table.walk() for metric, *_ in _of_all(column, cell)}
    return tuple(metric for metric in METRICS if metric in shown | ranged)


def _figure(cell: Cell, column: Column, metric: Metric) -> tuple[int | None, str]:
    """The figure with its marker; a measure that the column does not have is not applicable to it."""
    if metric == "base":
        return cell.base, "" if cell.base is not None else cell.marker or NOT_APPLICABLE
    if metric in OF_ALL:
        absent = cell.marker if cell.marker == CONFIDENTIAL else NOT_APPLICABLE
        return next(
            ((value, marker) for each, value, marker in _of_all(column, cell) if each == metric), (None, absent)
        )
    if metric not in column.measures:
        return None, NOT_APPLICABLE
    return (cell.count if metric == "count" else cell.percent), cell.marker_for(metric)


def _of_all(column: Column, cell: Cell) -> Iterator[tuple[Metric, int | None, str]]:
    """The ends of the interval and the bounds, and of how many boards they are where that is known."""
    ends = tuple(ends_of(column, cell))
    yield from ((measure, value, marker) for measure, value, _, marker in ends)
    if ends and cell.interval and cell.interval.population is not None:
        yield "population", cell.interval.population, ""


def _dimensions(table: Table, metrics: Iterable[Metric]) -> Document:
    unit = "boards" if table.kind == "outcomes" else "returns"
    named = {metric: METRICS[metric][1].replace("returns", unit) for metric in metrics}
    units = {metric: {"label": words, "decimals": 0} for metric, words in named.items()}
    figures = _dimension("Figure", ((metric, METRICS[metric][0]) for metric in units))
    meanings = {each: [f"{words}."] for each, words in MEASURES.items() if each in units and each in OF_ALL}
    told: Document = {"unit": units, **({"note": meanings} if meanings else {})}
    return {
        "row": _dimension(table.stub_label, ((row.id, _named(row.panel, row.label)) for row in table.rows)),
        "column": _dimension("Column", ((each.id, _named(each.group, each.label)) for each in table.columns)),
        "metric": figures | {"category": figures["category"] | told},
    }


def _dimension(label: str, categories: Iterable[tuple[str, str]]) -> Document:
    named = dict(categories)
    return {"label": label, "category": {"index": list(named), "label": named}}


def _named(within: str, label: str) -> str:
    return f"{within}: {label}" if within else label
