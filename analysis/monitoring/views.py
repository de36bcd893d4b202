"""The researcher's pages: which waves there are, and how one of them stands."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from analysis.access import watches, wave_or_404
from analysis.monitoring.forms import BoardFilterForm
from analysis.monitoring.pages import timing_of, wave_page
from survey.models import Wave


@watches
def waves(request: HttpRequest) -> HttpResponse:
    """Every wave, the latest first."""
    now = timezone.now()
    rows = [(wave, timing_of(wave, now=now)) for wave in Wave.objects.all()]
    return render(request, "analysis/waves.html", {"rows": rows})


@watches
def wave(request: HttpRequest, slug: str) -> HttpResponse:
    """How one wave stands: the response, by type and by region, and every board's state."""
    form = BoardFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    page = wave_page(wave_or_404(slug), wanted=wanted, now=timezone.now())
    return render(request, "analysis/wave.html", {"page": page, "form": form})
