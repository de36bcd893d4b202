"""Doors to two releases beside each other."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Role
from accounts.requests import SignedInRequest, see_other
from accounts.rules import staff
from analysis.disclosing.comparing import HEADS, changed, comparison_page, sheet
from analysis.disclosing.models import Release
from analysis.taking import note_taken
from respondents.tabular.writing import write_csv
from survey.models import Wave
from survey.waves import find_opened_wave

compares = staff(Role.ANALYST)
takes_away = staff(Role.ANALYST, step_up=True)


@compares
@require_safe
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """On to the two that were chosen; the last two to begin with."""
    numbers = _numbers(find_opened_wave(slug))
    if len(numbers) < 2:
        raise Http404
    asked = [request.GET.get(name, "") for name in ("old", "new")]
    old, new = (
        int(each) if each.isdecimal() and int(each) in numbers else usual
        for each, usual in zip(asked, numbers[-2:], strict=True)
    )
    return see_other(reverse("disclosing:compared", args=[slug, old, new]))


@compares
@require_safe
def compared(request: HttpRequest, slug: str, old: int, new: int) -> HttpResponse:
    """Every figure that differs."""
    wave = find_opened_wave(slug)
    page = comparison_page(_release(wave, old), _release(wave, new), numbers=_numbers(wave))
    return render(request, "analysis/disclosure/compared.html", {"page": page})


@takes_away
@require_safe
def compared_csv(request: SignedInRequest, slug: str, old: int, new: int) -> HttpResponse:
    """The same as a file; each copy is noted."""
    wave = find_opened_wave(slug)
    found, _ = changed(_release(wave, old), _release(wave, new))
    what = f"changes from release {old} to release {new} as csv"
    note_taken(wave, what=what, by=request.user, now=timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="{slug}-release-{old}-to-{new}.csv"'}
    return HttpResponse(write_csv(HEADS, list(sheet(found))), content_type="text/csv; charset=utf-8", headers=headers)


def _release(wave: Wave, number: int) -> Release:
    return get_object_or_404(wave.releases.defer("content", "decisions").select_related("wave"), number=number)


def _numbers(wave: Wave) -> tuple[int, ...]:
    return tuple(wave.releases.order_by("number").values_list("number", flat=True))
