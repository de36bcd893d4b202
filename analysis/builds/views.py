"""Pages of the report: ask for it, watch it being built, download it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from analysis.access import tabulates, takes_tables, wave_or_404
from analysis.builds.doorbell import ring
from analysis.builds.models import Build, BuildKind, BuildState
from analysis.builds.requesting import request_build
from analysis.planning import plan_of
from analysis.taking import note_taken

SECONDS_BETWEEN_LOOKS = 2


@tabulates
@require_safe
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """The reports built so far, and a button for a new one."""
    wave = wave_or_404(slug)
    builds = wave.builds.filter(kind=BuildKind.REPORT_PDF).defer("content").select_related("requested_by")[:20]
    return render(request, "analysis/report.html", {"wave": wave, "builds": builds})


@tabulates
@require_POST
def request_report(request: SignedInRequest, slug: str) -> HttpResponse:
    """Puts a build in the queue and leads to its page."""
    wave = wave_or_404(slug)
    plan_of(wave)
    build = request_build(wave, kind=BuildKind.REPORT_PDF, person=request.user, now=timezone.now(), ring=ring)
    return redirect("builds:progress", slug, build.pk)


@tabulates
@require_safe
def progress(request: HttpRequest, slug: str, build_id: UUID) -> HttpResponse:
    """What the worker is at; the page looks again by itself, without JavaScript, until the report is ready."""
    build = get_object_or_404(
        Build.objects.filter(kind=BuildKind.REPORT_PDF).defer("content").select_related("wave"),
        pk=build_id,
        wave__slug=slug,
    )
    response = render(request, "analysis/build.html", {"wave": build.wave, "build": build})
    if build.is_under_way:
        response["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
    return response


@takes_tables
@require_safe
def download(request: SignedInRequest, slug: str, build_id: UUID) -> HttpResponse:
    """The finished report; each copy is noted."""
    done = Build.objects.filter(kind=BuildKind.REPORT_PDF).select_related("wave")
    build = get_object_or_404(done, pk=build_id, wave__slug=slug, state=BuildState.DONE)
    note_taken(build.wave, what="report as pdf", by=request.user, now=timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="{slug}-report.pdf"'}
    return HttpResponse(bytes(build.content or b""), content_type="application/pdf", headers=headers)
