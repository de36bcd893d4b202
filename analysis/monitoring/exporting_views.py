"""What the researcher takes away: by POST, since each copy is written down in the audit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Role
from accounts.rules import staff
from analysis.monitoring.chasing import export_chasing_list
from analysis.monitoring.exports import export_all, export_panel
from analysis.monitoring.figures import figures_of
from analysis.monitoring.pages.wave import files_of
from respondents.portal.doors import person_of
from survey.waves import find_opened_wave

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


takes_away = staff(Role.RESEARCHER, Role.ANALYST, Role.ADMINISTRATOR, step_up=True)


@takes_away
@require_safe
def files(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that can be taken away."""
    wave = find_opened_wave(slug)
    return render(request, "analysis/dashboard/take_away.html", {"wave": wave, "files": files_of(wave)})


@takes_away
@require_POST
def panel(request: HttpRequest, slug: str, panel: str) -> HttpResponse:
    """One panel as CSV."""
    now = timezone.now()
    content = export_panel(figures_of(find_opened_wave(slug), now=now), panel, by=person_of(request), now=now)
    return _file(content, f"{slug}-{panel}", "csv")


@takes_away
@require_POST
def workbook(request: HttpRequest, slug: str) -> HttpResponse:
    """Every panel as a workbook."""
    now = timezone.now()
    content = export_all(figures_of(find_opened_wave(slug), now=now), by=person_of(request), now=now)
    return _file(content, f"{slug}-response", "xlsx")


@staff(Role.RESEARCHER, step_up=True)
@require_POST
def chasing(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The boards that have not submitted, with their chairs."""
    now = timezone.now()
    content = export_chasing_list(figures_of(find_opened_wave(slug), now=now), kind, by=person_of(request), now=now)
    return _file(content, f"{slug}-chasing-list", kind)


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return HttpResponse(content, content_type=TYPES[kind], headers=headers)
