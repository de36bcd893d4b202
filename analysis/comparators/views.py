"""Doors of looking: which other surveys there are, one of them, and one table beside it."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Role
from accounts.requests import SignedInRequest
from analysis.access import tabulates, takes_tables
from analysis.comparators.access import find_imported
from analysis.comparators.comparing import Compared, compare_wave
from analysis.comparators.files import FORMATS
from analysis.comparators.models import Comparator, ComparatorProposal
from analysis.comparators.pages.comparison import comparison_page
from analysis.comparators.pages.lists import imported_page, planned_page, surveys_page
from analysis.comparators.standing import in_core
from analysis.core.beside import of_plan
from analysis.core.table import Table
from analysis.planning import plan_of
from analysis.taking import note_taken
from survey.waves import find_opened_wave


@tabulates
@require_safe
def surveys(request: SignedInRequest, slug: str) -> HttpResponse:
    """Every other survey of this wave."""
    wave = find_opened_wave(slug)
    page = surveys_page(
        wave,
        plan=plan_of(wave),
        imported=Comparator.objects.filter(wave=wave).select_related("withdrawal").defer("lines", "places"),
        waiting=ComparatorProposal.objects.filter(wave=wave).defer("lines").order_by("pk"),
        may_import=_may_import(request),
    )
    return render(request, "analysis/comparators/surveys.html", {"page": page})


@tabulates
@require_safe
def survey(request: SignedInRequest, slug: str, survey: str) -> HttpResponse:
    """What is known of one survey."""
    wave = find_opened_wave(slug)
    plan = plan_of(wave)
    if survey in plan.comparators:
        page = planned_page(wave, of_plan(plan.comparators[survey], specs=plan.specs), plan=plan)
    else:
        found = find_imported(wave, survey)
        page = imported_page(wave, found, in_core(found), plan=plan, may_import=_may_import(request))
    return render(request, "analysis/comparators/survey.html", {"page": page})


@tabulates
@require_safe
def comparison(request: SignedInRequest, slug: str, survey: str, table: str) -> HttpResponse:
    """One table beside one survey, item by item."""
    wave = find_opened_wave(slug)
    found = compare_wave(wave, survey, now=timezone.now())
    page = comparison_page(wave, found, _table(found, table))
    return render(request, "analysis/comparators/comparison.html", {"page": page})


@takes_tables
@require_safe
def download(request: SignedInRequest, slug: str, survey: str, table: str, output_format: str) -> HttpResponse:
    """The comparison as a file; each copy is noted."""
    wave, chosen = find_opened_wave(slug), FORMATS[output_format]
    found = compare_wave(wave, survey, now=timezone.now())
    content = chosen.render(wave, found, _table(found, table))
    what = f"{table} beside {found.other.label} as {output_format}"
    note_taken(wave, what=what, by=request.user, now=timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="{slug}-{table}-beside-{survey}.{output_format}"'}
    return HttpResponse(content, content_type=chosen.content_type, headers=headers)


def _table(found: Compared, table_id: str) -> Table:
    """The table, if the survey stands in it."""
    for table in found.tables:
        if table.id == table_id:
            return table
    raise Http404


def _may_import(request: SignedInRequest) -> bool:
    return request.user.role == Role.ANALYST
