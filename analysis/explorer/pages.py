"""What the analyst's page of tables says."""

from dataclasses import dataclass

from analysis.core.table import Table
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


def tables_page(wave: Wave) -> TablesPage:
    """All tables of the wave's plan, from the submissions that count now; NoPlan if it has none."""
    plan = plan_of(wave)
    tables = tables_of(wave)
    charts = {spec.id: spec.chart for spec in plan.every_table}
    returns = wave.returns.submitted().count()
    return TablesPage(
        wave=wave,
        basis=f"From the {returns:,} submissions that count now. These are drafts until the wave is closed.",
        differences=_differences(tables),
        entries=tuple(
            TableEntry(table_page(table), charts_of(table, charts[table.id], unit=plan.unit)) for table in tables
        ),
    )


def _differences(tables: tuple[Table, ...]) -> str:
    count = sum(len(table.differing) for table in tables)
    if not count:
        return ""
    return f"{count} figures differ from those that were published; each is marked and explained below its table."
