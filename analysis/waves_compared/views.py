"""Doors: choose another wave of the same questionnaire, look at both, take the pairs away."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from analysis.access import tabulates, takes_tables
from analysis.taking import note_taken
from analysis.waves_compared.comparing import compare_waves, others_of
from analysis.waves_compared.files import FORMATS
from analysis.waves_compared.pages import choose_page, waves_page
from survey.models import Wave
from survey.waves import find_opened_wave


@tabulates
@require_safe
def choose(request: SignedInRequest, slug: str) -> HttpResponse:
    """The other waves of the same questionnaire."""
    wave = find_opened_wave(slug)
    page = choose_page(wave, others_of(wave).order_by("-opens_at"))
    return render(request, "analysis/waves_compared/choose.html", {"page": page})


@tabulates
@require_safe
def pair(request: SignedInRequest, slug: str, other: str) -> HttpResponse:
    """The boards that answered in both waves, item by item."""
    wave = find_opened_wave(slug)
    found = compare_waves(wave, _other(wave, other))
    page = waves_page(wave, found, item=request.GET.get("item", ""))
    return render(request, "analysis/waves_compared/pair.html", {"page": page})


@takes_tables
@require_safe
def download(request: SignedInRequest, slug: str, other: str, output_format: str) -> HttpResponse:
    """The pairs as a file; each copy is noted."""
    wave, chosen = find_opened_wave(slug), FORMATS[output_format]
    content = chosen.render(compare_waves(wave, _other(wave, other)))
    note_taken(wave, what=f"pairs with {other} as {output_format}", by=request.user, now=timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="{slug}-and-{other}.{output_format}"'}
    return HttpResponse(content, content_type=chosen.content_type, headers=headers)


def _other(wave: Wave, slug: str) -> Wave:
    """Another wave than this one."""
    if slug == wave.slug:
        raise Http404
    return find_opened_wave(slug)
