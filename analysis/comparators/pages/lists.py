"""Which other surveys stand beside a wave's tables, and what is known of one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from analysis.comparators.models import Comparator, ComparatorProposal
from analysis.comparators.pages.importing import Fact, facts_of
from analysis.comparators.weighing import lines_of, verdict
from analysis.core.audit_published import audit_comparator
from analysis.core.beside import OtherSurvey
from analysis.core.other_columns import columns_of
from analysis.core.plan import Plan
from analysis.core.plan_document import ComparatorSpec, TableSpec
from survey.models import Wave


@dataclass(frozen=True)
class SurveyRow:
    """One survey in the list."""

    name: str
    url: str
    who: str
    state: str
    reason: str = ""


@dataclass(frozen=True)
class SurveysPage:
    """Every other survey of a wave, and what waits to be confirmed."""

    wave: Wave
    rows: tuple[SurveyRow, ...]
    waiting: tuple[SurveyRow, ...]
    new_url: str
    waves_url: str


@dataclass(frozen=True)
class TableLink:
    """A table in which a survey stands, and where the two are compared."""

    name: str
    url: str


@dataclass(frozen=True)
class SurveyPage:
    """One survey: its facts, the tables it stands in, and what cannot be right in it."""

    wave: Wave
    name: str
    lead: str
    facts: tuple[Fact, ...]
    tables: tuple[TableLink, ...]
    wrong: tuple[str, ...]
    left_out: tuple[str, ...]
    withdraw_url: str


def surveys_page(
    wave: Wave, *, plan: Plan, imported: Iterable[Comparator], waiting: Iterable[ComparatorProposal], may_import: bool
) -> SurveysPage:
    """Those of the plan, then those that were imported, the withdrawn among them with the reason."""
    planned = [_planned_row(wave, each.spec) for each in plan.comparators.values()]
    return SurveysPage(
        wave=wave,
        rows=(*planned, *(_imported_row(wave, each) for each in imported)),
        waiting=tuple(_waiting_row(wave, each) for each in waiting) if may_import else (),
        new_url=reverse("comparators:new", args=[wave.slug]) if may_import else "",
        waves_url=reverse("waves_compared:choose", args=[wave.slug]),
    )


def planned_page(wave: Wave, other: OtherSurvey, *, plan: Plan) -> SurveyPage:
    """A survey that the analysis plan names."""
    spec = plan.comparators[other.id].spec
    return SurveyPage(
        wave=wave,
        name=other.label,
        lead="It stands in the analysis plan, so it stands beside the tables as long as the plan names it.",
        facts=(
            Fact("Who was asked", f"{spec.who} (N = {spec.base:,})"),
            Fact("When", spec.when),
            Fact("Comparability", spec.comparability),
            Fact("File", spec.file),
        ),
        tables=_tables(wave, other, plan),
        wrong=tuple(f"{found.place}. {found.sentence}" for found in audit_comparator(plan, plan.comparators[other.id])),
        left_out=(),
        withdraw_url="",
    )


def imported_page(wave: Wave, found: Comparator, other: OtherSurvey, *, plan: Plan, may_import: bool) -> SurveyPage:
    """A survey that was imported, withdrawn or not."""
    withdrawn = getattr(found, "withdrawal", None)
    lead = f"Imported by {found.imported_by} on {_moment(found.imported_at)}."
    if withdrawn:
        lead += f" Withdrawn by {withdrawn.withdrawn_by} on {_moment(withdrawn.withdrawn_at)}: {withdrawn.reason}"
    return SurveyPage(
        wave=wave,
        name=found.label,
        lead=lead,
        facts=facts_of(found),
        tables=() if withdrawn else _tables(wave, other, plan),
        wrong=tuple(_wrong(found)),
        left_out=tuple(found.left_out),
        withdraw_url=""
        if withdrawn or not may_import
        else reverse("comparators:withdraw", args=[wave.slug, found.name]),
    )


def _wrong(found: Comparator) -> Iterable[str]:
    for column in columns_of(lines_of(found)):
        for sentence in verdict(column, scale=found.scale).wrong:
            yield f"{column.where.capitalize()}, {column.row}. {sentence}"


def _tables(wave: Wave, other: OtherSurvey, plan: Plan) -> tuple[TableLink, ...]:
    shown: Sequence[TableSpec] = [spec for spec in plan.every_spec if other.stands_in(spec.id)]
    return tuple(
        TableLink(
            f"Table {spec.number}. {spec.short or spec.title}",
            reverse("comparators:comparison", args=[wave.slug, other.id, spec.id]),
        )
        for spec in shown
    )


def _planned_row(wave: Wave, spec: ComparatorSpec) -> SurveyRow:
    url = reverse("comparators:survey", args=[wave.slug, spec.id])
    return SurveyRow(spec.label, url, f"{spec.who}, {spec.when}", "In the analysis plan")


def _imported_row(wave: Wave, found: Comparator) -> SurveyRow:
    url = reverse("comparators:survey", args=[wave.slug, found.name])
    withdrawn = getattr(found, "withdrawal", None)
    state = (
        f"Withdrawn on {_moment(withdrawn.withdrawn_at)}" if withdrawn else f"Imported on {_moment(found.imported_at)}"
    )
    return SurveyRow(found.label, url, f"{found.who}, {found.asked_when}", state, withdrawn.reason if withdrawn else "")


def _waiting_row(wave: Wave, sent: ComparatorProposal) -> SurveyRow:
    url = reverse("comparators:proposal", args=[wave.slug, sent.pk])
    return SurveyRow(sent.label, url, f"{sent.who}, {sent.asked_when}", f"Sent on {_moment(sent.sent_at)}")


def _moment(at: object) -> str:
    return f"{timezone.localtime(at):%-d %B %Y, %H:%M}"  # type: ignore[arg-type]
