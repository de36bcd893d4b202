"""The report ready to be set: chapters numbered, tables and figures in their places, lists of both."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from math import ceil, sqrt

from analysis.core.table import Cell, Column, Row, Table
from analysis.outputs.charts_svg import ChartPage, charts_of
from analysis.outputs.drawing import BLUE, PALE_GREY, WIDTH, Drawing, Rect, assemble
from analysis.outputs.report_content import Quoted, ReportContent, ReportTable
from analysis.outputs.tables_html import UNITS, TablePage, table_page


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list with page numbers."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One number about the survey, and what it counts."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What the chart of a table shows, and where to see it."""

    table: TablePage
    short: str
    text: str


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A table with its charts."""

    table: TablePage
    charts: tuple[ChartPage, ...]
    quoted: tuple[Quoted, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A numbered section with its exhibits."""

    id: str
    title: str
    introduction: tuple[str, ...]
    findings: tuple[str, ...]
    exhibits: tuple[Exhibit, ...]
    quoted: tuple[Quoted, ...] = ()


@dataclass(frozen=True, slots=True)
class Differing:
    """A figure that a publication prints otherwise."""

    place: str
    published: str
    recomputed: str
    explanation: str


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The whole report, ready for `analysis/report/report.html`."""

    content: ReportContent
    mosaic: Drawing
    facts: tuple[Fact, ...]
    findings: tuple[Finding, ...]
    chapters: tuple[Chapter, ...]
    differing: tuple[Differing, ...]
    contents: tuple[Entry, ...]
    tables: tuple[Entry, ...]
    figures: tuple[Entry, ...]
    width: int = WIDTH


def report_page(content: ReportContent) -> ReportPage:
    """Return everything the templates set, in the order of the pages."""
    chapters = tuple(_chapters(content))
    exhibits = [exhibit for chapter in chapters for exhibit in chapter.exhibits]
    shorts = {printed.table.id: printed.short for printed in content.tables}
    charts = [chart for exhibit in exhibits for chart in exhibit.charts]
    differing = tuple(_differing(printed.table for printed in content.tables))
    return ReportPage(
        content=content,
        mosaic=draw_mosaic(content.response.returns, of=content.response.boards),
        facts=tuple(_facts(content)),
        findings=tuple(_findings(exhibits, shorts)),
        chapters=chapters,
        differing=differing,
        contents=tuple(_contents(content, chapters, has_annex=bool(differing))),
        tables=tuple(Entry(found.table.id, f"{found.table.number}. {shorts[found.table.id]}") for found in exhibits),
        figures=tuple(Entry(chart.id, f"{chart.number}. {chart.title}") for chart in charts),
    )


def draw_mosaic(returns: int, *, of: int) -> Drawing:
    """Return one square for each board that was asked, the first of them filled for those that answered."""
    in_line = max(ceil(sqrt(of * 9)), 1)
    step = WIDTH / in_line
    side = round(step * 0.82, 1)
    squares = [
        Rect(round(place % in_line * step, 1), round(place // in_line * step, 1), side, side, fill)
        for place, fill in enumerate([BLUE] * min(returns, of) + [PALE_GREY] * max(of - returns, 0))
    ]
    return assemble(list(squares), height=ceil(of / in_line) * step)


def _facts(content: ReportContent) -> Iterator[Fact]:
    found = content.response
    yield Fact(f"{content.unit.capitalize()} asked: every one in the register", f"{found.boards:,}")
    yield Fact("Authorities these cover", f"{found.authorities:,}")
    yield Fact("Time of the survey", content.fieldwork)
    yield Fact("Returns received", f"{found.returns:,}")
    yield Fact("Response rate", str(content.rate))
    yield Fact(f"{content.unit.capitalize()} named in the returns", f"{found.boards_named:,}")
    yield Fact("Returns that do not name one", f"{found.unattributed:,}")
    yield Fact("Different chairs who answered", f"{found.chairs:,}")
    yield Fact(
        f"Authorities covered by the {content.unit} named", f"{found.authorities_covered:,} of {found.authorities:,}"
    )


def _chapters(content: ReportContent) -> Iterator[Chapter]:
    """Figures are numbered through the whole report."""
    numbers = count(1)
    for place, section in enumerate(content.sections, start=1):
        exhibits = tuple(_exhibit(printed, content, numbers) for printed in section.tables)
        findings = tuple(finding.text for finding in section.findings if not finding.is_withheld)
        yield Chapter(f"chapter-{place}", section.title, section.introduction, findings, exhibits, section.quoted)


def _exhibit(printed: ReportTable, content: ReportContent, numbers: "count[int]") -> Exhibit:
    charts = charts_of(printed.table, printed.chart, unit=content.unit)
    numbered = tuple(replace(chart, number=next(numbers), title=_chart_title(chart, printed)) for chart in charts)
    return Exhibit(table_page(printed.table, dates=content.fieldwork), numbered, printed.quoted)


def _chart_title(chart: ChartPage, printed: ReportTable) -> str:
    return f"{printed.short}{chart.suffix}"


def _findings(exhibits: Sequence[Exhibit], shorts: dict[str, str]) -> Iterator[Finding]:
    for exhibit in exhibits:
        if exhibit.charts:
            yield Finding(exhibit.table, shorts[exhibit.table.id], exhibit.charts[0].finding)


def _differing(tables: Iterable[Table]) -> Iterator[Differing]:
    for table in tables:
        for row, column, cell in table.differing:
            yield _difference(table, row, column, cell)


def _difference(table: Table, row: Row, column: Column, cell: Cell) -> Differing:
    printed = cell.printed
    if printed is None:
        raise ValueError(f"{table.id}, {row.id}, {column.id} does not differ from what was printed.")
    unit, is_single = UNITS[printed.measure], printed.value.isdigit()  # some print a count with its percentage
    words = (f"Table {table.number}", row.panel, row.label, column.group, column.label)
    return Differing(
        place=". ".join(word for word in words if word),
        published=f"{printed.value}{unit}" if is_single else printed.value,
        recomputed=f"{cell.value(printed.measure)}{unit}" if is_single else f"{cell.count} ({cell.percent}%)",
        explanation=f"{printed.erratum}: {printed.comment}" if printed.erratum else "No erratum is known.",
    )


def _contents(content: ReportContent, chapters: Iterable[Chapter], *, has_annex: bool) -> Iterator[Entry]:
    if content.background:
        yield Entry("background", "Background")
    yield Entry("method", "How the survey was done")
    yield Entry("findings", "Main findings")
    yield from (Entry(chapter.id, chapter.title) for chapter in chapters)
    if has_annex:
        yield Entry("differences", "Annex: differences from the published report")
