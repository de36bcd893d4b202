"""Doors of the wave's own list of names to look for in answers."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.forms_served import carried_out
from accounts.requests import SignedInRequest, see_other
from analysis.opentext.access import codes_answers
from analysis.opentext.local_names import list_name, unlist_name
from analysis.opentext.models import LocalName
from analysis.opentext.pages.local_names import names_page
from analysis.opentext.quote_forms import LocalNameForm
from survey.waves import find_opened_wave


@codes_answers
def names(request: SignedInRequest, slug: str) -> HttpResponse:
    """The list; a name is added."""
    wave = find_opened_wave(slug)
    form = LocalNameForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and carried_out(
        form, lambda: list_name(wave, form.cleaned_data["words"], by=request.user, now=timezone.now())
    ):
        return see_other(reverse("opentext:local_names", args=[slug]))
    return render(request, "analysis/opentext/local_names.html", {"page": names_page(wave), "form": form})


@codes_answers
@require_POST
def unlist(request: SignedInRequest, slug: str, name_id: int) -> HttpResponse:
    """A name is looked for no longer."""
    wave = find_opened_wave(slug)
    unlist_name(get_object_or_404(LocalName, wave=wave, pk=name_id), by=request.user, now=timezone.now())
    return see_other(reverse("opentext:local_names", args=[slug]))
