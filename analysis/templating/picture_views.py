"""A door of the report's text: the pictures that it may show, and another one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest, see_other
from analysis.templating.forms import PictureForm
from analysis.templating.pages import address
from analysis.templating.picture_pages import pictures_page
from analysis.templating.picturing import add_picture
from analysis.templating.views import writes_reports
from survey.waves import find_opened_wave


@writes_reports
@require_http_methods(["GET", "HEAD", "POST"])
def pictures(request: SignedInRequest, slug: str) -> HttpResponse:
    """Every picture, with the line that asks for it; sent, a new one is kept."""
    wave = find_opened_wave(slug)
    form = PictureForm(request.POST, request.FILES) if request.method == "POST" else PictureForm()
    if form.is_valid():
        row = add_picture(wave, form.new, by=request.user, now=timezone.now())
        messages.success(request, f"Kept. The text shows it where it says “::: picture {row.name}”.")
        return see_other(address("pictures", wave))
    return render(request, "analysis/templating/pictures.html", {"page": pictures_page(wave), "form": form})
