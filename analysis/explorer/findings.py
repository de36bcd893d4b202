"""What the page of findings says: each sentence, the cells behind its numbers, and how far these can be trusted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.core.bounds import tipping_point, worst_case_bounds
from analysis.core.finding_tokens import places
from analysis.core.findings import Figure, Finding, say
from analysis.core.intervals import exact_interval
from analysis.core.percent import percent
from analysis.core.plan import Plan
from analysis.core.reliability import SMALLEST_BASE
from analysis.core.table import MARKERS, UNSTABLE, Table
from analysis.planning import plan_of
from analysis.tabulation import tables_of
from survey.models import Wave


@dataclass(frozen=True)
class Evidence:
    """One number of a finding: where it stands, what was asked, and what follows for the boards that were silent."""

    number: int
    table: str
    place: str
    figure: str
    interval: str
    bounds: str


@dataclass(frozen=True)
class FindingLine:
    """One finding as the report prints it, or why it does not."""

    id: str
    text: str
    reasons: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class FindingSection:
    """The findings of one section of the report."""

    title: str
    lines: tuple[FindingLine, ...]


@dataclass(frozen=True)
class CoverageLine:
    """One recommendation, the questions that were asked about it, and what was found."""

    number: int
    title: str
    questions: str
    findings: tuple[FindingLine, ...]


@dataclass(frozen=True)
class FindingsPage:
    """Every finding of a wave's plan, and every recommendation with what bears on it."""

    wave: Wave
    basis: str
    unreliable: str
    sections: tuple[FindingSection, ...]
    coverage: tuple[CoverageLine, ...]


def findings_page(wave: Wave) -> FindingsPage:
    """All findings from the submissions that count now; NoPlan if the wave has no plan."""
    plan, tables = plan_of(wave), {table.id: table for table in tables_of(wave)}
    boards, answered = wave.returns.in_frame().count(), wave.returns.submitted().count()
    sections = tuple(_sections(plan, tables, boards=boards))
    return FindingsPage(
        wave=wave,
        basis=f"From the {answered:,} submissions that count now. These are drafts until the wave is closed.",
        unreliable=_unreliable(sections),
        sections=sections,
        coverage=tuple(_coverage(plan, sections)),
    )


def _unreliable(sections: Sequence[FindingSection]) -> str:
    """What the mark means, if any number bears it."""
    figures = (each.figure for section in sections for line in section.lines for each in line.evidence)
    return f"{UNSTABLE} = {MARKERS[UNSTABLE]}." if any(UNSTABLE in figure for figure in figures) else ""


def _sections(plan: Plan, tables: Mapping[str, Table], *, boards: int) -> Iterator[FindingSection]:
    for section in plan.report.sections if plan.report else ():
        said = [
            say(each.id, each.text, tables=tables.values(), unit=plan.unit, boards=boards) for each in section.findings
        ]
        if said:
            yield FindingSection(section.title, tuple(_line(each, tables, plan=plan, boards=boards) for each in said))


def _line(finding: Finding, tables: Mapping[str, Table], *, plan: Plan, boards: int) -> FindingLine:
    seen = {(figure.token.table, figure.token.selector): figure for figure in finding.figures}
    evidence = tuple(_evidence(each, tables[each.token.table], unit=plan.unit, boards=boards) for each in seen.values())
    return FindingLine(finding.id, finding.text, finding.reasons, evidence)


def _evidence(figure: Figure, table: Table, *, unit: str, boards: int) -> Evidence:
    told = f"{figure.count:,} of {figure.base:,} ({figure.percent}%)" if figure.count is not None else ""
    return Evidence(
        number=table.number,
        table=table.id,
        place=_place(figure, table),
        figure=" ".join(filter(None, (told or f"{figure.percent}% of {figure.base:,}", figure.marker))),
        interval=_interval(figure, unit=unit, boards=boards),
        bounds=_bounds(figure, unit=unit, boards=boards),
    )


def _place(figure: Figure, table: Table) -> str:
    """The row with its panel and the column with its group, in the words of the table."""
    rows, columns = {row.id: row for row in table.rows}, {column.id: column for column in table.columns}
    found = places(figure.token, rows=list(rows), columns=list(columns))
    row, column = rows[found[0][0]], columns[found[0][1]]
    down = " or ".join(dict.fromkeys(rows[each].label for each, _ in found))
    across = " or ".join(dict.fromkeys(columns[each].label for _, each in found))
    return ": ".join(part for part in (row.panel, down, column.group, across) if part)


def _interval(figure: Figure, *, unit: str, boards: int) -> str:
    """What the silent would add if they were a random draw; nothing where that cannot be said."""
    if figure.count is None or not SMALLEST_BASE <= figure.base <= boards:
        return ""
    found = exact_interval(figure.count, n=figure.base, population=boards)
    if found.is_point:
        return f"All {unit} answered, so nothing is uncertain."
    low, high = percent(found.low_count, boards), percent(found.high_count, boards)
    return (
        f"If the {unit} that did not answer are like those that did, {found.low_count:,} to {found.high_count:,} "
        f"of the {boards:,} {unit} ({low}% to {high}%)."
    )


def _bounds(figure: Figure, *, unit: str, boards: int) -> str:
    """What is certain whatever the silent think, and what a majority of all would take."""
    if figure.count is None or figure.base >= boards:
        return ""
    bounds = worst_case_bounds(figure.count, n=figure.base, population=boards)
    tip = tipping_point(figure.count, n=figure.base, population=boards)
    certain = f"Whatever they think, {round(bounds.low * boards):,} to {round(bounds.high * boards):,}."
    if not tip.needed:
        return f"{certain} It is a majority of all {unit} in any case."
    if not tip.is_possible:
        return f"{certain} It cannot be a majority of all {unit}."
    return f"{certain} For a majority of all, {tip.needed:,} of the {tip.silent:,} silent would have to be among them."


def _coverage(plan: Plan, sections: Sequence[FindingSection]) -> Iterator[CoverageLine]:
    lines = {line.id: line for section in sections for line in section.lines}
    bears = [
        (each.recommendations, lines[each.id])
        for section in (plan.report.sections if plan.report else ())
        for each in section.findings
    ]
    for number, title in sorted(plan.recommendations.items()):
        asked = [
            question.code
            for question in plan.questionnaire.questions
            if any(number in item.recommendations for item in question.items)
        ]
        found = tuple(line for numbers, line in bears if number in numbers)
        yield CoverageLine(number, title, ", ".join(asked), found)
