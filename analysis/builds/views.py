"""Doors of builds: ask for one, watch it, cancel it, ask again, take its file away."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest, see_other
from analysis.access import tabulates, takes_tables, watches
from analysis.builds.access import kinds_for, seen_by, taken_by
from analysis.builds.doorbell import ring
from analysis.builds.kinds import kind_of
from analysis.builds.models import Build
from analysis.builds.pages import build_page, builds_page, words_of
from analysis.builds.products import file_name_of, handed_out
from analysis.builds.requesting import cancel_build, repeat_build, request_build
from analysis.planning import plan_of
from analysis.taking import note_taken
from survey.waves import find_opened_wave


@watches
@require_safe
def report(request: SignedInRequest, slug: str) -> HttpResponse:
    """What can be built, and what was built so far."""
    return render(request, "analysis/builds.html", {"page": builds_page(find_opened_wave(slug), reader=request.user)})


@tabulates
@require_POST
def request_one(request: SignedInRequest, slug: str, kind: str) -> HttpResponse:
    """Puts a build in the queue and leads to its page."""
    wave = find_opened_wave(slug)
    offered = {each.name: each for each in kinds_for(request.user) if each.is_offered}
    if kind not in offered:
        raise Http404
    plan_of(wave)
    build = request_build(wave, kind=offered[kind], person=request.user, now=timezone.now(), ring=ring)
    return see_other(_address(build))


@watches
@require_safe
def progress(request: SignedInRequest, slug: str, build_id: UUID) -> HttpResponse:
    """What the worker is at; the page looks again by itself until it is ready, with scripts and without."""
    page = build_page(_seen(request, slug, build_id), reader=request.user)
    return render(request, "analysis/build.html", {"page": page})


@watches
@require_POST
def cancel(request: SignedInRequest, slug: str, build_id: UUID) -> HttpResponse:
    """Ends a build that is not wanted any more."""
    build = _seen(request, slug, build_id)
    cancel_build(build, by=request.user, now=timezone.now())
    return see_other(_address(build))


@tabulates
@require_POST
def again(request: SignedInRequest, slug: str, build_id: UUID) -> HttpResponse:
    """Asks for the same once more."""
    last = _seen(request, slug, build_id)
    return see_other(_address(repeat_build(last, person=request.user, now=timezone.now(), ring=ring)))


@takes_tables
@require_safe
def download(request: SignedInRequest, slug: str, build_id: UUID) -> HttpResponse:
    """The finished file, whole and as it was built; each copy is noted."""
    build = get_object_or_404(taken_by(request.user), pk=build_id, wave__slug=slug)
    content = handed_out(build)
    note_taken(build.wave, what=words_of(build), by=request.user, now=timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="{file_name_of(build)}"'}
    return HttpResponse(content, content_type=kind_of(build.kind).content_type, headers=headers)


def _seen(request: SignedInRequest, slug: str, build_id: UUID) -> Build:
    return get_object_or_404(seen_by(request.user), pk=build_id, wave__slug=slug)


def _address(build: Build) -> str:
    return reverse("builds:progress", args=[build.wave.slug, build.pk])
