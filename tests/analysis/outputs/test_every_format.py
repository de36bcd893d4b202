"""M74: every figure of every table in every format, compared cell by cell: value, marker, base, erratum."""

from datetime import date
from functools import cache

import pytest

from analysis.outputs.table_set import Cover, TableSet
from tests.analysis.outputs.examples import withheld
from tests.analysis.outputs.readers import READERS
from tests.analysis.outputs.readers.figures import Figures, Told, expected
from tests.golden import published as golden
from tests.golden.test_published_tables import ERRATA, by_construction, of_2012

pytestmark = pytest.mark.pure

COVER = Cover("Survey of chairs, 2012", date(2012, 5, 14), "National survey")
OF_2012 = {"report on screen", "report as PDF", "report as Word"}  # its template has the tables of 2012 alone
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


@pytest.mark.parametrize("name", sorted(READERS.keys() - OF_2012))
def test_what_is_withheld_or_unreliable_is_so_in_every_format(name: str) -> None:
    made = TableSet((withheld(),), COVER)
    found = READERS[name](made)
    assert {place: (told.value, told.marker) for place, told in found.items()} == {
        place: (told.value, told.marker) for place, told in expected(made.tables).items()
    }
    assert found["table_11", "north", "no", "count"] == Told(None, "[c]", None)
    assert found["table_11", "north", "yes", "percent"].marker == "[u]"
