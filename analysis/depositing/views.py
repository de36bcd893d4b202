"""Doors to what is deposited: the page, and a worker that builds it. The file is taken from the page of the build."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Role
from accounts.requests import SignedInRequest, see_other
from accounts.rules import staff
from analysis.builds.doorbell import ring
from analysis.builds.requesting import request_build
from analysis.depositing.builds import DEPOSIT
from analysis.depositing.gathering import gathered
from analysis.depositing.pages import deposit_page
from survey.waves import find_opened_wave

deposits = staff(Role.ANALYST)


@deposits
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """What can be deposited of a wave, and who may have it."""
    return render(request, "analysis/depositing/page.html", {"page": deposit_page(find_opened_wave(slug))})


@deposits
@require_POST
def build(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """A worker builds the deposit of a release."""
    wave = find_opened_wave(slug)
    gathered(get_object_or_404(wave.releases.select_related("wave"), number=number))
    made = request_build(wave, kind=DEPOSIT, number=number, person=request.user, now=timezone.now(), ring=ring)
    return see_other(reverse("builds:progress", args=[slug, made.pk]))
