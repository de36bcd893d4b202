"""Doors of the explorer: choose a table, take it away, keep it."""

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Role
from accounts.requests import SignedInRequest, see_other
from accounts.rules import staff
from analysis.core.charts import Order
from analysis.exploring.choice import KEYS
from analysis.exploring.copying import take_copy
from analysis.exploring.files import FILES
from analysis.exploring.forms import ChoiceForm, SavingForm
from analysis.exploring.links import address
from analysis.exploring.looking import look
from analysis.exploring.pages import explorer_page
from analysis.exploring.saving import save_table
from survey.models import Wave
from survey.waves import find_opened_wave

explores = staff(Role.ANALYST)
takes_away = staff(Role.ANALYST, step_up=True)


@explores
@require_safe
def explore(request: SignedInRequest, slug: str) -> HttpResponse:
    """The table that the address asks for; without one, what there is to choose from."""
    wave = find_opened_wave(slug)
    form = _form(wave, request.GET if "item" in request.GET else None)
    found = look(wave, form.choice, by=request.user, now=timezone.now()) if form.is_valid() else None
    order: Order = "table" if request.GET.get("order") == "questionnaire" else "net"
    page = explorer_page(wave, form, found, order=order)
    return render(request, "analysis/exploring/explorer.html", {"page": page})


@takes_away
@require_safe
def download(request: SignedInRequest, slug: str, output_format: str) -> HttpResponse:
    """The same table as a file, protected; each copy is noted, and later ones are held against it."""
    wave = find_opened_wave(slug)
    form = _form(wave, request.GET)
    if not form.is_valid():
        raise Http404("There is no such table.")
    taken = take_copy(wave, form.choice, output_format=output_format, by=request.user, now=timezone.now())
    name = f"{slug}-{taken.explored.spec.id}.{output_format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(taken.content, content_type=FILES[output_format].content_type, headers=headers)


@explores
@require_POST
def save(request: SignedInRequest, slug: str) -> HttpResponse:
    """The table is kept under a title."""
    wave, now = find_opened_wave(slug), timezone.now()
    form = _form(wave, request.POST)
    if not form.is_valid():
        raise Http404("There is no such table.")
    saving = SavingForm(request.POST, wave=wave, choice=form.choice)
    if saving.is_valid():
        save_table(wave, form.choice, title=saving.cleaned_data["title"], by=request.user, now=now)
        return see_other(f"{address(wave, form.choice)}#kept")
    found = look(wave, form.choice, by=request.user, now=now)
    page = explorer_page(wave, form, found, saving=saving)
    return render(request, "analysis/exploring/explorer.html", {"page": page})


def _form(wave: Wave, data: QueryDict | None) -> ChoiceForm:
    """Only what belongs to a choice is read of what was sent."""
    if data is not None:
        sent = QueryDict(mutable=True)
        sent.update({key: data.get(key, "") for key in KEYS})
        data = sent
    return ChoiceForm(data, wave=wave)
