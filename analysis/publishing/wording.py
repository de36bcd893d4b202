"""The texts of a publication's page, ready: put together when an edition is prepared, the same ever after."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from analysis.core.document import Material as Told
from analysis.core.document import Template, fill, hints, lint
from analysis.core.document.blocks import Document
from analysis.core.finding_tokens import tables_in
from analysis.core.findings import Finding, say_or_withhold
from analysis.core.percent import percent
from analysis.core.plan import Plan
from analysis.core.protecting import is_withheld
from analysis.core.table import Table
from analysis.disclosing.accounting import fieldwork_at, response_at, went_at
from analysis.disclosing.material import material_of as release_material
from analysis.disclosing.models import Release
from analysis.disclosing.planned import plan_at
from analysis.opentext.printing import printed_quotes
from analysis.outputs.non_response import differences, non_response
from analysis.outputs.report_material import material_of
from analysis.outputs.report_sources import Sources
from analysis.publishing.models import Wording
from analysis.publishing.said import say_words
from analysis.responses import frozen_response
from analysis.templating.picturing import pictures_at
from survey.models import Wave
from survey.moments import day_in_words

INVENTED = "All answers are invented: this publication shows what the software does, and tells nothing of any board."
NOT_RECORDED = (
    "The analysis plan was not recorded in these words before fieldwork closed: its tables and tests are exploratory."
)
Page = dict[str, Any]


def page_texts(
    wording: Wording, *, release: Release, tables: Sequence[Table], template: Template, now: datetime
) -> Page:
    """Every text of the page as plain values; how the survey was done is told as it was kept with the release."""
    wave = release.wave
    plan, boards = plan_at(release), response_at(release).boards
    said = say_words(wording, tables, release=release, unit=plan.unit, boards=boards)
    return {
        "summary": "\n\n".join(said.summary),
        "contact": {"name": wording.contact_name, "email": wording.contact_email},
        "methods": [*said.methods],
        "quality": [*said.quality],
        "independence": wording.independence,
        "response": response_words(release, unit=plan.unit),
        "non_response": [*_differences(release, tables, plan=plan), *non_response(tables, unit=plan.unit)],
        "findings": [
            {"title": title, "lines": [each.text for each in found if not each.is_withheld]}
            for title, found in findings_of(plan, tables, boards=boards)
            if not all(each.is_withheld for each in found)
        ],
        "plan": plan_words(wave, digest=release.plan),
        "fieldwork": f"Fieldwork ran from {fieldwork_at(release)}.",
        "went": [list(each) for each in went_at(release)],
        "source": plan.source,
        "lint": [*lint_of(release, tables, plan=plan, template=template, now=now), *said.problems],
        "hints": [*map(str, hints(template, _told(release, tables, plan=plan, now=now))), *said.hints],
        "notice": INVENTED if settings.DEMONSTRATION else "",
    }


def lint_of(release: Release, tables: Sequence[Table], *, plan: Plan, template: Template, now: datetime) -> list[str]:
    """What the template of the report says that these tables do not bear out: stale tokens, claims, missing bases."""
    return [str(problem) for problem in lint(template, _told(release, tables, plan=plan, now=now))]


def filled(release: Release, tables: Sequence[Table], *, template: Template, now: datetime) -> Document:
    """What the report says of these tables."""
    return fill(template, _told(release, tables, plan=plan_at(release), now=now))


def _told(release: Release, tables: Sequence[Table], *, plan: Plan, now: datetime) -> Told:
    wave = release.wave
    sources = Sources(
        plan=plan,
        tables=tuple(tables),
        response=response_at(release),
        fieldwork=fieldwork_at(release),
        made_on=timezone.localdate(release.prepared_at),
        demonstration=settings.DEMONSTRATION,
        quotes=printed_quotes(wave, at=now),
        pictures=pictures_at(wave, now),
    )
    return material_of(sources)


def response_words(release: Release, *, unit: str) -> str:
    """How many answered of how many, from the frozen data; nothing where they are not there."""
    found = frozen_response(release.wave, digest=release.extract)
    if found is None or not found.boards:
        return ""
    made, boards = found.returns, found.boards
    rates = (f" {name}: {rate}." for name, rate in found.outcome_rates(unit))
    return f"{made:,} of {boards:,} {unit} made a return ({percent(made, boards)}%).{''.join(rates)}"


def findings_of(plan: Plan, tables: Sequence[Table], *, boards: int) -> Iterator[tuple[str, list[Finding]]]:
    """The findings of each theme, said from these tables; one whose table is left out is not said."""
    known = {table.id for table in tables}
    for theme in plan.findings:
        found = [
            say_or_withhold(each.id, each.text, tables=tables, unit=plan.unit, boards=boards)
            for each in theme.findings
            if tables_in(each.text) <= known
        ]
        if found:
            yield theme.theme, found


def plan_words(wave: Wave, *, digest: str) -> str:
    """When the analysis plan was dated and recorded, and whether that was before fieldwork closed (M94)."""
    kept = wave.plan_records.filter(digest=digest).order_by("pk").first()
    if kept is None:
        return NOT_RECORDED
    when = "after fieldwork had closed: its tables and tests are exploratory"
    before = "before fieldwork closed" if not kept.is_exploratory else when
    recorded = day_in_words(kept.recorded_at)
    return f"The analysis plan is dated {date_format(kept.dated, 'j F Y')} and was recorded on {recorded}, {before}."


def _differences(release: Release, tables: Sequence[Table], *, plan: Plan) -> tuple[str, ...]:
    """By what those that answered differ from all: in words alone, so also where counts are withheld (M23)."""
    response = [table for table in tables if table.kind == "response_rate"]
    if any(is_withheld(cell) for table in response for cell in table.cells.values()):
        return differences(
            release_material(release.wave, now=release.prepared_at, remade=release).tables, unit=plan.unit
        )
    return differences(response, unit=plan.unit)
