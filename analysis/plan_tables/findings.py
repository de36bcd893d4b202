"""What the page of findings says: each sentence, the cells behind its numbers, and how far these can be trusted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from analysis.core.findings import Figure, Finding, boards_behind, place_of, say
from analysis.core.national import Response
from analysis.core.plan import Plan
from analysis.core.table import MARKERS, UNSTABLE, Table
from analysis.core.weighted_figures import WeightedFigure
from analysis.nonresponse.printing import weighted_figures_of
from analysis.opentext.tabling import response_now
from analysis.outputs.certainty import bounds_words, figure_words, interval_words
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
    """The findings of one theme."""

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


@dataclass(frozen=True)
class _Ground:
    """What findings stand on."""

    plan: Plan
    tables: Mapping[str, Table]
    response: Response
    weighted: Mapping[tuple[str, str], WeightedFigure]


def findings_page(wave: Wave, *, now: datetime) -> FindingsPage:
    """All findings from the submissions that count now; NoPlan if the wave has no plan."""
    ground = _Ground(
        plan=plan_of(wave),
        tables={table.id: table for table in tables_of(wave, now=now)},
        response=response_now(wave, now=now),
        weighted=weighted_figures_of(wave, now=now),
    )
    sections = tuple(_sections(ground))
    return FindingsPage(
        wave=wave,
        basis=_basis(ground.response.returns),
        unreliable=_unreliable(sections),
        sections=sections,
        coverage=tuple(_coverage(ground.plan, sections)),
    )


def _basis(answered: int) -> str:
    if not answered:
        return "Nothing has been submitted yet, so no sentence has its numbers. Each appears once they are there."
    return f"From the {answered:,} submissions that count now. These are drafts until the wave is closed."


def _unreliable(sections: Sequence[FindingSection]) -> str:
    """What the mark means, if any number bears it."""
    figures = (each.figure for section in sections for line in section.lines for each in line.evidence)
    return f"{UNSTABLE} = {MARKERS[UNSTABLE]}." if any(UNSTABLE in figure for figure in figures) else ""


def _sections(ground: _Ground) -> Iterator[FindingSection]:
    tables, unit, boards = ground.tables.values(), ground.plan.unit, ground.response.boards
    for theme in ground.plan.findings:
        said = [say(each.id, each.text, tables=tables, unit=unit, boards=boards) for each in theme.findings]
        if said:
            yield FindingSection(theme.theme, tuple(_line(each, ground) for each in said))


def _line(finding: Finding, ground: _Ground) -> FindingLine:
    seen = {(figure.token.table, figure.token.selector): figure for figure in finding.figures}
    evidence = tuple(_evidence(each, ground) for each in seen.values())
    return FindingLine(finding.id, finding.text, finding.reasons, evidence)


def _evidence(figure: Figure, ground: _Ground) -> Evidence:
    table, unit = ground.tables[figure.token.table], ground.plan.unit
    boards = boards_behind(figure, table=table, response=ground.response)
    weighted = ground.weighted.get((figure.token.table, figure.token.selector))
    return Evidence(
        number=table.number,
        table=table.id,
        place=place_of(figure.token, table),
        figure=figure_words(figure) + (f"; weighted {weighted.percent}%" if weighted else ""),
        interval=interval_words(figure, unit=unit, boards=boards),
        bounds=bounds_words(figure, unit=unit, boards=boards),
    )


def _coverage(plan: Plan, sections: Sequence[FindingSection]) -> Iterator[CoverageLine]:
    lines = {line.id: line for section in sections for line in section.lines}
    bears = [(each.recommendations, lines[each.id]) for theme in plan.findings for each in theme.findings]
    for number, title in sorted(plan.recommendations.items()):
        asked = [
            question.code
            for question in plan.questionnaire.questions
            if any(number in item.recommendations for item in question.items)
        ]
        found = tuple(line for numbers, line in bears if number in numbers)
        yield CoverageLine(number, title, ", ".join(asked), found)
