"""M74: every figure of every table in every format, compared cell by cell: value, marker, base, erratum."""

from datetime import date
from functools import cache

import pytest

from analysis.core.cell_intervals import showing_intervals, with_interval
from analysis.core.percent import percent
from analysis.core.protecting import hide
from analysis.core.table import Cell, Column, Row, Table
from analysis.outputs.table_set import Cover, TableSet
from tests.analysis.outputs.readers import READERS
from tests.analysis.outputs.readers.figures import Figures, Told, expected
from tests.golden import published as golden
from tests.golden.test_published_tables import ERRATA, by_construction, of_2012

pytestmark = pytest.mark.pure

COVER = Cover("Survey of chairs, 2012", date(2012, 5, 14), "National survey")
TEN = TableSet(golden.tables(), COVER)


@cache
def read(name: str) -> Figures:
    return READERS[name](TEN)


@pytest.mark.parametrize("name", READERS)
def test_every_figure_of_the_ten_tables_is_told_with_its_marker_its_base_and_its_erratum(name: str) -> None:
    assert read(name) == expected(TEN.tables)


@pytest.mark.parametrize("name", READERS)
def test_573_figures_equal_those_of_the_paper_and_11_are_flagged(name: str) -> None:
    found = read(name)
    compared = {figure: value for figure, value in of_2012().items() if not by_construction(figure)}
    equal = {figure for figure, value in compared.items() if found[figure].value == value}
    flagged = {figure for figure, told in found.items() if told.is_flagged}
    assert (len(equal), flagged, compared.keys() - equal) == (573, set(ERRATA), set(ERRATA))


def withheld() -> Table:
    """A table by groups with [c] for what was withheld, a base of its own in each row, and intervals marked [u]."""
    rows = {"north": (9, 3, 12), "south": (14, 26, 40), "all": (23, 29, 52)}
    columns = (Column("yes", "Yes"), Column("no", "No"), Column("total", "Base", measures=("count",)))
    cells = {
        (row, column.id): with_interval(Cell(count=count, base=base, percent=percent(count, base)), population=100)
        for row, (yes, no, base) in rows.items()
        for column, count in zip(columns, (yes, no, base), strict=True)
    }
    found = Table(
        id="table_11",
        number=11,
        title="Help by region",
        stub_label="Region",
        rows=tuple(Row(row, row.title(), total=row == "all") for row in rows),
        columns=columns,
        cells=cells,
        base_note="All returns (N = 52)",
        notes=(),
        source="Survey of chairs, 2012",
        kind="cross",
        marks=("Draft: fieldwork is still open.",),
    )
    return showing_intervals(hide(found, hidden={("north", "no"), ("south", "no")}))


@pytest.mark.parametrize("name", sorted(READERS.keys() - {"report as PDF"}))
def test_what_is_withheld_or_unreliable_is_so_in_every_format(name: str) -> None:
    made = TableSet((withheld(),), COVER)
    found = READERS[name](made)
    assert {place: (told.value, told.marker) for place, told in found.items()} == {
        place: (told.value, told.marker) for place, told in expected(made.tables).items()
    }
    assert found["table_11", "north", "no", "count"] == Told(None, "[c]", None)
    assert found["table_11", "north", "yes", "percent"].marker == "[u]"
