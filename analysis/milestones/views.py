"""Doors of the two milestones: find, bind, call one service, show."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.forms_served import carried_out
from accounts.models import Role
from accounts.requests import SignedInRequest, see_other
from accounts.rules import staff
from analysis.access import tabulates
from analysis.frozen import unchanged
from analysis.milestones.forms import FreezeForm, PlanForm
from analysis.milestones.models import FrozenExtract
from analysis.milestones.pages import MilestonePage, freeze_page, freezing_in_words, plan_page
from analysis.milestones.recording import freeze_data, record_plan
from analysis.planning import plan_names
from analysis.publishing.turns import in_turn
from survey.waves import find_any_wave, find_opened_wave

TAKEN = declare("extract.taken", "Took away a wave’s frozen data")
takes_answers = staff(Role.ANALYST, step_up=True)


@tabulates
def plan(request: SignedInRequest, slug: str) -> HttpResponse:
    """The wave's analysis plan is recorded with its date."""
    wave, now = find_any_wave(slug), timezone.now()
    sent = request.POST if request.method == "POST" else None
    form = PlanForm(sent, plans=plan_names(), chosen=wave.plan, today=timezone.localdate(now))
    if form.is_valid() and carried_out(form, lambda: record_plan(wave, **form.cleaned_data, by=request.user, now=now)):
        return see_other(_after(request, slug))
    return _show(request, plan_page(wave, now=now), form)


@tabulates
def freeze(request: SignedInRequest, slug: str) -> HttpResponse:
    """The wave's data are frozen with their digest."""
    wave = find_opened_wave(slug)
    form = FreezeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        frozen, is_new = in_turn(wave, lambda now: freeze_data(wave, by=request.user, now=now))
        messages.success(request, freezing_in_words(frozen, is_new=is_new))
        return see_other(reverse("milestones:freeze", args=[slug]))
    return _show(request, freeze_page(wave, may_download=request.user.role == Role.ANALYST, now=clock.now()), form)


@takes_answers
@require_safe
def extract(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """The file that was frozen."""
    frozen = get_object_or_404(FrozenExtract.objects.select_related("wave"), wave__slug=slug, number=number)
    content = unchanged(bytes(frozen.content), digest=frozen.digest)
    detail = {"number": number, "digest": frozen.digest}
    record(TAKEN, by=request.user, subject=frozen.wave, wave=slug, detail=detail, now=timezone.now())
    name = f"{slug}-{number}.parquet"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/vnd.apache.parquet", headers=headers)


def _after(request: SignedInRequest, slug: str) -> str:
    """Researchers go on with the tasks; analysts have no list of them."""
    return reverse("life:tasks" if request.user.role == Role.RESEARCHER else "milestones:plan", args=[slug])


def _show(request: SignedInRequest, page: MilestonePage, form: PlanForm | FreezeForm) -> HttpResponse:
    return render(request, "analysis/milestones/step.html", {"page": page, "form": form})
