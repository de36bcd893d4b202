"""Everything a report says, as one value: put together before a page is set."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from analysis.core.finding_tokens import tables_in
from analysis.core.findings import Finding, say
from analysis.core.plan import Plan
from analysis.core.plan_document import ChartKind, ReportSection, ReportSpec, TableSpec
from analysis.core.response import Rate
from analysis.core.table import MARKERS, UNSTABLE, Table
from analysis.outputs.non_response import differences, non_response
from analysis.outputs.silence import PrintedSilence

BROKEN_DOWN = (
    "Each row is a group of boards. Counts that would tell what a board answered are withheld, [c], with others that "
    "would give these away."
)
FURTHER = "These questions were asked as well. What was answered to them is in no table of the published report."


CODED = (
    "What chairs wrote was coded by two people; boards are counted, not mentions, and one board may have several codes."
)


QUOTED = "Each of these was quoted with the permission of the board. What was changed stands in square brackets."


@dataclass(frozen=True, slots=True)
class Response:
    """Who could answer and who did: boards, persons and authorities are counted apart."""

    returns: int
    boards: int
    boards_named: int
    chairs: int
    authorities: int
    authorities_covered: int

    @property
    def unattributed(self) -> int:
        """Return how many returns name no board."""
        return self.returns - self.boards_named


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words that were approved for print, of answers to one question, all with the same credit."""

    question: str
    words: tuple[str, ...]
    credit: str


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table with its short title, the kind of its chart, and what is quoted of the answers it counts."""

    table: Table
    short: str
    chart: ChartKind | None
    quoted: tuple[Quoted, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A thematic section: what introduces it, what was found, and the tables that stand in it."""

    title: str
    introduction: tuple[str, ...]
    findings: tuple[Finding, ...]
    tables: tuple[ReportTable, ...]
    quoted: tuple[Quoted, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportContent:
    """A whole report; `fieldwork` is the time of the survey in words and `generated` the day the report was made."""

    title: str
    subtitle: str
    short_title: str
    source: str
    unit: str
    fieldwork: str
    generated: date
    demonstration: bool
    audience: str
    response: Response
    background: tuple[str, ...]
    method: tuple[str, ...]
    comparators: tuple[str, ...]
    publication: str
    differences: tuple[str, ...]
    non_response: tuple[str, ...]
    silence: PrintedSilence | None
    sections: tuple[Section, ...]

    @property
    def rate(self) -> Rate:
        """Return the response as a rate of all boards."""
        return Rate(self.response.returns, self.response.boards, self.unit)

    @property
    def tables(self) -> tuple[ReportTable, ...]:
        """Return all tables in the order of the sections."""
        return tuple(table for section in self.sections for table in section.tables)

    @property
    def unreliable(self) -> str:
        """Return what the mark of low reliability means, if any figure or finding bears it."""
        findings = (figure.marker for section in self.sections for each in section.findings for figure in each.figures)
        cells = (cell.marker for printed in self.tables for _, _, cell in printed.table.walk())
        return MARKERS[UNSTABLE] if UNSTABLE in {*findings, *cells} else ""

    @property
    def withheld(self) -> tuple[Finding, ...]:
        """Return the findings that the answers do not bear out."""
        return tuple(finding for section in self.sections for finding in section.findings if finding.is_withheld)


def report_content(
    plan: Plan,
    *,
    tables: Sequence[Table],
    response: Response,
    fieldwork: str,
    generated: date,
    demonstration: bool,
    silence: PrintedSilence | None = None,
    weighted: Mapping[str, Table] = MappingProxyType({}),
    audience: str = "",
    whole: Sequence[Table] = (),
    quotes: Mapping[str, Quoted] = MappingProxyType({}),
) -> ReportContent:
    """Return what the report of these tables says; a plan without words of its own has one section.

    A weighted table, by the id of the unweighted one, is printed behind it. `whole` are the tables before anything was
    withheld in them, for what may be said in words alone. Quotes, by item, stand behind the table of the item's
    codes; those of items without one have a section at the end.
    """
    report = plan.report or _plain_report(plan)
    return ReportContent(
        title=report.title,
        subtitle=report.subtitle,
        short_title=report.short_title,
        source=plan.source,
        unit=plan.unit,
        fieldwork=fieldwork,
        generated=generated,
        demonstration=demonstration,
        audience=audience,
        response=response,
        background=report.background,
        method=report.method,
        comparators=tuple(_comparators(plan)),
        publication=report.publication,
        differences=differences(whole or tables, unit=plan.unit),
        non_response=non_response(tables, unit=plan.unit),
        silence=silence,
        sections=_arranged(
            _sections(
                [*report.sections, *_further(plan, tables), *_breakdowns(plan, tables)],
                tables=tables,
                plan=plan,
                boards=response.boards,
            ),
            plan=plan,
            printed={table.id for table in tables},
            weighted=weighted,
            quotes=quotes,
        ),
    )


def _arranged(
    sections: Iterable[Section],
    *,
    plan: Plan,
    printed: Collection[str],
    weighted: Mapping[str, Table],
    quotes: Mapping[str, Quoted],
) -> tuple[Section, ...]:
    """Weighted tables and quotes stand behind their tables; quotes of items without one in a last section."""
    coded = [spec for spec in plan.coded if spec.item in quotes]
    by_table = {spec.id: quotes[spec.item] for spec in coded}
    shown = {spec.item for spec in coded if spec.id in printed}
    apart = tuple(each for item, each in quotes.items() if item not in shown)
    last = (Section("As chairs put it", (QUOTED,), (), (), apart),) if apart else ()
    return (*(_with_quotes(_with_weighted(section, weighted), by_table) for section in sections), *last)


def _with_quotes(section: Section, by_table: Mapping[str, Quoted]) -> Section:
    tables = (
        replace(each, quoted=(by_table[each.table.id],)) if each.table.id in by_table else each
        for each in section.tables
    )
    return replace(section, tables=tuple(tables))


def _with_weighted(section: Section, weighted: Mapping[str, Table]) -> Section:
    pairs = ([each, *_beside(each, weighted)] for each in section.tables)
    return replace(section, tables=tuple(each for pair in pairs for each in pair))


def _beside(printed: ReportTable, weighted: Mapping[str, Table]) -> Iterator[ReportTable]:
    if printed.table.id in weighted:
        yield ReportTable(weighted[printed.table.id], f"{printed.short} (weighted)", None)


def _plain_report(plan: Plan) -> ReportSpec:
    section = ReportSection(title="Tables", tables=tuple(spec.id for spec in plan.specs))
    return ReportSpec(title=plan.title, short_title=plan.title, sections=(section,))


def _further(plan: Plan, tables: Iterable[Table]) -> Iterator[ReportSection]:
    """Tables that no publication has stand in a section of their own, where there are any."""
    ids = {spec.id for spec in plan.further}
    found = tuple(table.id for table in tables if table.id in ids)
    if found:
        yield ReportSection(title="Further tables", introduction=(FURTHER,), tables=found)
    coded = {spec.id for spec in plan.coded}
    written = tuple(table.id for table in tables if table.id in coded)
    if written:
        yield ReportSection(title="In their own words", introduction=(CODED,), tables=written)


def _breakdowns(plan: Plan, tables: Iterable[Table]) -> Iterator[ReportSection]:
    """Tables that no spec of the plan names are its tables broken down, in a release."""
    ids = {spec.id for spec in plan.every_table}
    found = tuple(table.id for table in tables if table.id not in ids)
    if found:
        yield ReportSection(title="Tables by groups of boards", introduction=(BROKEN_DOWN,), tables=found)


def _comparators(plan: Plan) -> Iterator[str]:
    for comparator in plan.comparators.values():
        spec = comparator.spec
        yield f"{spec.label}: {spec.who}, {spec.when} (N = {spec.base:,}). {spec.comparability}"


def _sections(
    sections: Iterable[ReportSection], *, tables: Sequence[Table], plan: Plan, boards: int
) -> Iterator[Section]:
    values: Mapping[str, Table] = {table.id: table for table in tables}
    by_id: Mapping[str, TableSpec] = {spec.id: spec for spec in plan.every_table}
    for section in sections:
        printed = tuple(_printed(values[id_], by_id.get(id_)) for id_ in section.tables if id_ in values)
        findings = tuple(
            say(each.id, each.text, tables=tables, unit=plan.unit, boards=boards)
            for each in section.findings
            if tables_in(each.text) <= set(values)
        )
        if printed:
            yield Section(section.title, section.introduction, findings, printed)


def _printed(table: Table, spec: TableSpec | None) -> ReportTable:
    return ReportTable(table, spec.short or spec.title, spec.chart) if spec else ReportTable(table, table.title, None)
