"""One table beside another survey: what differs between the two, and every item tested as two samples."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from analysis.comparators.comparing import Compared
from analysis.comparators.words import (
    family_in_words,
    interval_in_words,
    points_in_words,
    sentence,
    side_in_words,
)
from analysis.core.audit_published import audit_comparator
from analysis.core.beside_pairs import Tested, by_table
from analysis.core.other_matching import targets_of
from analysis.core.table import Table
from analysis.outputs.chance import p_in_words
from analysis.outputs.charts_svg import ChartPage, comparator_chart
from analysis.outputs.tables_html import TablePage, table_page
from survey.models import Wave
from survey.waves import fieldwork_of


@dataclass(frozen=True)
class DifferingFact:
    """One thing about the two surveys, told of each."""

    name: str
    here: str
    there: str


@dataclass(frozen=True)
class ComparedRow:
    """One item in both surveys, in words."""

    name: str
    here: str
    there: str
    points: str
    interval: str
    p: str
    adjusted: str
    sentence: str


@dataclass(frozen=True)
class ComparisonPage:
    """One table beside one survey."""

    wave: Wave
    other: str
    title: str
    caveat: str
    basis: str
    facts: tuple[DifferingFact, ...]
    family: str
    rows: tuple[ComparedRow, ...]
    wrong: tuple[str, ...]
    chart: ChartPage
    table: TablePage
    survey_url: str
    csv_url: str
    xlsx_url: str


def comparison_page(wave: Wave, found: Compared, table: Table) -> ComparisonPage:
    """Everything about one table beside the survey."""
    arguments = [wave.slug, found.other.id]
    return ComparisonPage(
        wave=wave,
        other=found.other.label,
        title=f"Table {table.number} beside {found.other.label}",
        caveat=found.other.caveat,
        basis=f"From the {_returns(table):,} submissions that count now: a draft until the wave is closed.",
        facts=tuple(facts_of(wave, found, table)),
        family=family_in_words(found.comparison.family),
        rows=tuple(rows_of(found, table)),
        wrong=_wrong(found, table),
        chart=comparator_chart(table, found.other, unit=found.plan.unit),
        table=table_page(table),
        survey_url=reverse("comparators:survey", args=arguments),
        csv_url=reverse("comparators:csv", args=[*arguments, table.id]),
        xlsx_url=reverse("comparators:xlsx", args=[*arguments, table.id]),
    )


def rows_of(found: Compared, table: Table) -> Iterator[ComparedRow]:
    """Each item of the table that both surveys asked."""
    size = found.comparison.family.size
    return (_row(line, size=size) for line in by_table(found.comparison.lines, table.id))


def facts_of(wave: Wave, found: Compared, table: Table) -> Iterator[DifferingFact]:
    """What a reader must know before comparing: role, time, scale, number, and whether anybody is in both."""
    other, unit = found.other, found.plan.unit
    scale = next((target.answers for target in targets_of(found.plan) if target.table == table.id), ())
    bases = sorted({figure.base for place, figure in other.figures.items() if place[0] == table.id})
    yield DifferingFact("Who was asked", f"{unit.capitalize()} of {wave.title}", other.who)
    yield DifferingFact("When", fieldwork_of(wave), other.when)
    same = "As this table counts answers together"
    yield DifferingFact("Scale", ", ".join(answer.label for answer in scale), other.scale or same)
    yield DifferingFact("How many", f"{_returns(table):,}", " or ".join(f"{base:,}" for base in bases))
    yield DifferingFact("In both surveys", "Not known", "Not known: published figures name nobody")


def _row(line: Tested, *, size: int) -> ComparedRow:
    pair, found = line.pair, line.difference
    answers = " or ".join(pair.answers)
    return ComparedRow(
        name=f"{', '.join(filter(None, (pair.panel, pair.label)))}: {answers.lower()}",
        here=side_in_words(pair.ours),
        there=side_in_words(pair.theirs),
        points=points_in_words(found.points) if found else "–",
        interval=interval_in_words(found),
        p=p_in_words(found.p if found else None),
        adjusted=p_in_words(line.adjusted),
        sentence=sentence(line, size=size),
    )


def _returns(table: Table) -> int:
    return max((cell.base or 0 for _, column, cell in table.walk() if "count" in column.measures), default=0)


def _wrong(found: Compared, table: Table) -> tuple[str, ...]:
    """What the auditor says of the plan's own comparator; that of an imported one stands on its own page."""
    planned = found.plan.comparators.get(found.other.id)
    told = audit_comparator(found.plan, planned) if planned else ()
    return tuple(f"{each.place}. {each.sentence}" for each in told if each.table == table.id)
