"""What the analyst's page of tables says."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from analysis.core.charts import Order
from analysis.core.document.blocks import Quotes
from analysis.core.ordering import by_agreement, has_items
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
from respondents.contacts.eligibility import counted_returns
from survey.models import Wave

ORDERS: Mapping[Order, str] = {
    "net": "Its items stand by net agreement, the largest first.",
    "table": "Its items stand as the questionnaire asks them.",
}


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
class IndexLine:
    """One table in the list of them: where it is shown, and what it is on."""

    id: str
    title: str
    base: str
    url: str
    differs: str


@dataclass(frozen=True)
class TablesPage:
    """Every table of a wave."""

    wave: Wave
    basis: str
    differences: str
    index: tuple[IndexLine, ...]
    entries: tuple[TableEntry, ...]
    quoted: tuple[Quotes, ...]
    downloads: tuple[Download, ...]


@dataclass(frozen=True)
class OneTablePage:
    """One table with its charts, those before and after it, and the other order of its items if it has one."""

    wave: Wave
    heading: str
    basis: str
    entries: tuple[TableEntry, ...]
    before: IndexLine | None
    after: IndexLine | None
    order: str
    other_order: Download | None


def one_table_page(wave: Wave, id_: str, *, order: Order, now: datetime) -> OneTablePage | None:
    """The table of this id, weighted as well where the plan asks for it; None if there is no such table."""
    plan, tables = plan_of(wave), marked(tables_of(wave, now=now), wave=wave, now=now)
    place = next((place for place, table in enumerate(tables) if table.id == id_), None)
    if place is None:
        return None
    charts, quotes = {spec.id: spec.chart for spec in plan.every_table}, printed_quotes(wave)
    quoted = next((quotes.get(spec.item) for spec in plan.coded if spec.id == id_), None)
    index, table = tuple(_index(wave, tables)), tables[place]
    entry = _entry(table, charts.get(id_), wave=wave, unit=plan.unit, quoted=quoted, order=order)
    return OneTablePage(
        wave=wave,
        heading=table.name,
        basis=_basis(wave),
        entries=(entry, *_beside(table, weighted_tables_of(wave, now=now))),
        before=index[place - 1] if place else None,
        after=index[place + 1] if place + 1 < len(index) else None,
        order=ORDERS[order] if has_items(table) else "",
        other_order=_other_order(index[place].url, order) if has_items(table) else None,
    )


def _other_order(url: str, order: Order) -> Download:
    if order == "net":
        return Download("Show them as the questionnaire asks them", f"{url}?order=questionnaire")
    return Download("Show them by net agreement", url)


def _basis(wave: Wave) -> str:
    returns = counted_returns(wave).count()
    return (
        f"From the {returns:,} submissions that count now. "
        "For the team: counts are shown whole, and drafts until the wave is closed."
    )


def _index(wave: Wave, tables: Sequence[Table]) -> Iterator[IndexLine]:
    for table in tables:
        many = len(table.differing)
        differs = f"{many} {'figure differs' if many == 1 else 'figures differ'} from print." if many else ""
        title = f"{table.numeral}. {table.title}" if table.number else table.title
        url = reverse("plan_tables:table", args=[wave.slug, table.id])
        yield IndexLine(table.id, title, table.base_note, url, differs)


def tables_page(wave: Wave, *, now: datetime) -> TablesPage:
    """All tables of the wave's plan, from the submissions that count now; NoPlan if it has none."""
    plan = plan_of(wave)
    tables, weighted = marked(tables_of(wave, now=now), wave=wave, now=now), weighted_tables_of(wave, now=now)
    charts = {spec.id: spec.chart for spec in plan.every_table}
    quotes = printed_quotes(wave)
    of_table = {spec.id: quotes[spec.item] for spec in plan.coded if spec.item in quotes}
    return TablesPage(
        wave=wave,
        basis=_basis(wave),
        differences=_differences(tables),
        index=tuple(_index(wave, tables)),
        entries=tuple(
            entry
            for table in tables
            for entry in (
                _entry(table, charts.get(table.id), wave=wave, unit=plan.unit, quoted=of_table.get(table.id)),
                *_beside(table, weighted),
            )
        ),
        quoted=tuple(each for code, each in quotes.items() if code not in _counted(plan, tables)),
        downloads=tuple(
            Download(kind.words, reverse("plan_tables:download", args=[wave.slug, name]))
            for name, kind in FORMATS.items()
        ),
    )


def _entry(
    table: Table, chart: ChartKind | None, *, wave: Wave, unit: str, quoted: Quotes | None, order: Order = "net"
) -> TableEntry:
    """Items stand in one order in the table and in its chart."""
    shown = by_agreement(table) if order == "net" else table
    charts = charts_of(shown, chart, unit=unit, order=order)
    download = reverse("plan_tables:one_table", args=[wave.slug, table.id])
    return TableEntry(table_page(shown), charts, (quoted,) if quoted else (), download)


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
