"""What the analyst's page of tables says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from analysis.core.document.blocks import Quotes
from analysis.core.plan import Plan
from analysis.core.plan_document import ChartKind
from analysis.core.table import Table
from analysis.marking import marked
from analysis.nonresponse.printing import weighted_tables_of
from analysis.opentext.printing import printed_quotes
from analysis.outputs.charts_svg import ChartPage, charts_of
from analysis.outputs.formats import FORMATS
from analysis.outputs.tables_html import TablePage, table_page
from analysis.planning import plan_of
from analysis.tabulation import tables_of
from survey.models import Wave


@dataclass(frozen=True)
class Download:
    """One file of all tables."""

    words: str
    url: str


@dataclass(frozen=True)
class TableEntry:
    """One table with its charts."""

    table: TablePage
    charts: tuple[ChartPage, ...]
    quoted: tuple[Quotes, ...] = ()
    download: str = ""


@dataclass(frozen=True)
class TablesPage:
    """Every table of a wave."""

    wave: Wave
    basis: str
    differences: str
    entries: tuple[TableEntry, ...]
    quoted: tuple[Quotes, ...]
    downloads: tuple[Download, ...]


def tables_page(wave: Wave, *, now: datetime) -> TablesPage:
    """All tables of the wave's plan, from the submissions that count now; NoPlan if it has none."""
    plan = plan_of(wave)
    tables, weighted = marked(tables_of(wave), wave=wave, now=now), weighted_tables_of(wave)
    charts = {spec.id: spec.chart for spec in plan.every_table}
    quotes = printed_quotes(wave)
    of_table = {spec.id: quotes[spec.item] for spec in plan.coded if spec.item in quotes}
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
                _entry(table, charts[table.id], wave=wave, unit=plan.unit, quoted=of_table.get(table.id)),
                *_beside(table, weighted),
            )
        ),
        quoted=tuple(each for code, each in quotes.items() if code not in _counted(plan, tables)),
        downloads=tuple(
            Download(kind.words, reverse("explorer:download", args=[wave.slug, name])) for name, kind in FORMATS.items()
        ),
    )


def _entry(table: Table, chart: ChartKind | None, *, wave: Wave, unit: str, quoted: Quotes | None) -> TableEntry:
    download = reverse("explorer:one_table", args=[wave.slug, table.id])
    return TableEntry(table_page(table), charts_of(table, chart, unit=unit), (quoted,) if quoted else (), download)


def _beside(table: Table, weighted: Mapping[str, Table]) -> Iterator[TableEntry]:
    """The same table weighted, where the plan asks for it and the returns bear it."""
    if table.id in weighted:
        yield TableEntry(table_page(weighted[table.id]), ())


def _counted(plan: Plan, tables: tuple[Table, ...]) -> set[str]:
    """The items whose codes stand in a table."""
    printed = {table.id for table in tables}
    return {spec.item for spec in plan.coded if spec.id in printed}


def _differences(tables: tuple[Table, ...]) -> str:
    count = sum(len(table.differing) for table in tables)
    if not count:
        return ""
    return f"{count} figures differ from those that were published; each is marked and explained below its table."
