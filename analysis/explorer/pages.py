"""What the analyst's page of tables says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from analysis.core.table import Table
from analysis.marking import marked
from analysis.nonresponse.printing import weighted_tables_of
from analysis.outputs.charts_svg import ChartPage, charts_of
from analysis.outputs.tables_html import TablePage, table_page
from analysis.planning import plan_of
from analysis.tabulation import tables_of
from survey.models import Wave


@dataclass(frozen=True)
class TableEntry:
    """One table with its charts."""

    table: TablePage
    charts: tuple[ChartPage, ...]


@dataclass(frozen=True)
class TablesPage:
    """Every table of a wave."""

    wave: Wave
    basis: str
    differences: str
    entries: tuple[TableEntry, ...]


def tables_page(wave: Wave, *, now: datetime) -> TablesPage:
    """All tables of the wave's plan, from the submissions that count now; NoPlan if it has none."""
    plan = plan_of(wave)
    tables, weighted = marked(tables_of(wave), wave=wave, now=now), weighted_tables_of(wave)
    charts = {spec.id: spec.chart for spec in plan.every_table}
    returns = wave.returns.submitted().count()
    return TablesPage(
        wave=wave,
        basis=f"From the {returns:,} submissions that count now. "
        "For the team: counts are shown whole, and drafts until the wave is closed.",
        differences=_differences(tables),
        entries=tuple(
            entry
            for table in tables
            for entry in (
                TableEntry(table_page(table), charts_of(table, charts[table.id], unit=plan.unit)),
                *_beside(table, weighted),
            )
        ),
    )


def _beside(table: Table, weighted: Mapping[str, Table]) -> Iterator[TableEntry]:
    """The same table weighted, where the plan asks for it and the returns bear it."""
    if table.id in weighted:
        yield TableEntry(table_page(weighted[table.id]), ())


def _differences(tables: tuple[Table, ...]) -> str:
    count = sum(len(table.differing) for table in tables)
    if not count:
        return ""
    return f"{count} figures differ from those that were published; each is marked and explained below its table."
