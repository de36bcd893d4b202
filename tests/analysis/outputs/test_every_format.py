"""M74: every figure of every table in every format, compared cell by cell: value, marker, base, erratum."""

import re
from datetime import date
from functools import cache

import pytest

from analysis.core.companions import with_companions
from analysis.core.outcomes import Outcomes, outcomes_table
from analysis.core.tidy import without_intervals
from analysis.outputs.table_set import Cover, TableSet
from analysis.outputs.tables_html import render_table
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


@pytest.mark.parametrize("name", sorted(READERS.keys() - OF_2012 - {"web page"}))
def test_both_bases_and_the_outcomes_of_boards_are_told(name: str) -> None:
    """A page names the bases of a companion in a row of their own, so it is read by another test."""
    both = with_companions(golden.tables()[2:3], plan=golden.plan(), boards=148)
    outcomes = outcomes_table(Outcomes({"complete": 50, "partial": 7, "never_opened": 91}, 50, 80), source="s")
    made = TableSet(without_intervals((outcomes, *both)), COVER)
    assert READERS[name](made) == expected(made.tables)


def test_a_page_tells_both_bases_of_a_companion() -> None:
    table = with_companions(golden.tables()[2:3], plan=golden.plan(), boards=148)[1]
    told = " ".join(re.sub("<[^>]+>", " ", render_table(table)).split())
    assert "Table 3a. Ratings" in told
    assert "Quality of referral information Good 45 30 64" in told
    assert "Base 100 47 100" in told


@pytest.mark.parametrize("name", sorted(READERS.keys() - OF_2012))
def test_what_is_withheld_or_unreliable_is_so_in_every_format(name: str) -> None:
    made = TableSet((withheld(),), COVER)
    found = READERS[name](made)
    assert {place: (told.value, told.marker) for place, told in found.items()} == {
        place: (told.value, told.marker) for place, told in expected(made.tables).items()
    }
    assert found["table_11", "north", "no", "count"] == Told(None, "[c]", None)
    assert found["table_11", "north", "yes", "percent"].marker == "[u]"
