"""Doors of the report's text: write it, look at it, save it, look back."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Role
from accounts.requests import SignedInRequest, see_other
from accounts.rules import staff
from analysis.planning import plan_of
from analysis.templating.forms import TextForm
from analysis.templating.looking_back import compare_page, version_page, versions_page
from analysis.templating.pages import address, conflict_page, edit_page
from analysis.templating.previewing import Preview, preview_of, waiting_preview
from analysis.templating.tokens import words_page
from analysis.templating.versions import Version, latest_of, used_of, version_or_404, versions_of
from analysis.templating.writing import Conflict, restore_text, save_text
from survey.models import Wave
from survey.waves import find_opened_wave

writes_reports = staff(Role.ANALYST)


@writes_reports
def edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """The text with its problems; sent, it becomes the next version. The page asks for what it prints by itself."""
    wave = _planned(slug)
    latest = latest_of(wave)
    form = TextForm(request.POST if request.method == "POST" else None, latest=latest)
    if not form.is_valid():
        return _edited(request, wave, form, latest, None if form.is_bound else waiting_preview(form.shown))
    sent = form.cleaned_data
    saved = save_text(wave, sent["text"], base=sent["base"], note=sent["note"], by=request.user, now=timezone.now())
    if isinstance(saved, Conflict):
        return _conflict(request, wave, form, saved)
    return see_other(address("edit", wave))


@writes_reports
@require_POST
def preview(request: SignedInRequest, slug: str) -> HttpResponse:
    """The same page with what the text in the box prints; nothing is saved."""
    wave = _planned(slug)
    latest = latest_of(wave)
    form = TextForm(request.POST, latest=latest)
    found = preview_of(wave, form.shown, now=timezone.now()) if form.is_valid() else None
    return _edited(request, wave, form, latest, found)


@writes_reports
@require_POST
def fragment(request: SignedInRequest, slug: str) -> HttpResponse:
    """What the text in the box prints, alone: for the page that looks while somebody types."""
    wave = _planned(slug)
    form = TextForm(request.POST, latest=latest_of(wave))
    found = preview_of(wave, form.shown, now=timezone.now()) if form.is_valid() else None
    return render(request, "analysis/templating/preview.html", {"preview": found, "form": form})


@writes_reports
@require_safe
def words(request: SignedInRequest, slug: str) -> HttpResponse:
    """What may stand in the text, with the tokens of this wave's tables; looked for by words."""
    page = words_page(_planned(slug), query=request.GET.get("q", ""), now=timezone.now())
    return render(request, "analysis/templating/words.html", {"page": page})


@writes_reports
@require_safe
def versions(request: SignedInRequest, slug: str) -> HttpResponse:
    """Every version, the latest first."""
    wave = _planned(slug)
    page = versions_page(wave, versions_of(wave), used=used_of(wave))
    return render(request, "analysis/templating/versions.html", {"page": page})


@writes_reports
@require_safe
def version(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """One version as it was saved."""
    wave = _planned(slug)
    page = version_page(wave, version_or_404(wave, number), latest=latest_of(wave))
    return render(request, "analysis/templating/version.html", {"page": page})


@writes_reports
@require_POST
def restore(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Brings an old version back as the next one."""
    wave = _planned(slug)
    restore_text(wave, version_or_404(wave, number), by=request.user, now=timezone.now())
    return see_other(address("edit", wave))


@writes_reports
@require_safe
def compare(request: SignedInRequest, slug: str, old: int, new: int) -> HttpResponse:
    """Two versions side by side."""
    wave = _planned(slug)
    page = compare_page(wave, version_or_404(wave, old), version_or_404(wave, new))
    return render(request, "analysis/templating/compare.html", {"page": page})


def _planned(slug: str) -> Wave:
    """The wave, if it has a plan that a report could follow."""
    wave = find_opened_wave(slug)
    plan_of(wave)
    return wave


def _edited(
    request: SignedInRequest, wave: Wave, form: TextForm, latest: Version, found: Preview | None
) -> HttpResponse:
    used = latest if latest.is_usable else used_of(wave)
    page = edit_page(wave, form.shown, latest=latest, used=used, preview=found)
    return render(request, "analysis/templating/edit.html", {"page": page, "form": form, "preview": found})


def _conflict(request: SignedInRequest, wave: Wave, form: TextForm, conflict: Conflict) -> HttpResponse:
    """Both texts, the sent one still in its box; saved once more, it follows the one that stands."""
    data = request.POST.copy()
    data["base"] = str(conflict.standing.number)
    page = conflict_page(wave, form.shown, standing=conflict.standing)
    context = {"page": page, "form": TextForm(data, latest=conflict.standing)}
    return render(request, "analysis/templating/conflict.html", context)
