"""The codebook on a page and as files; each copy is noted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from analysis.access import tabulates, takes_tables
from analysis.codebook.files import FORMATS
from analysis.codebook.forms import FindForm
from analysis.codebook.making import codebook_for
from analysis.codebook.pages import codebook_page
from analysis.taking import note_taken
from survey.waves import find_opened_wave


@tabulates
@require_safe
def codebook(request: HttpRequest, slug: str) -> HttpResponse:
    """What every column of the wave's data means, or of those that are looked for."""
    form = FindForm(request.GET or None)
    return render(request, "analysis/codebook.html", {"page": codebook_page(find_opened_wave(slug), form)})


@takes_tables
@require_safe
def download(request: SignedInRequest, slug: str, output_format: str) -> HttpResponse:
    """The codebook as a file."""
    chosen, wave = FORMATS[output_format], find_opened_wave(slug)
    content = chosen.write(codebook_for(wave))
    note_taken(wave, what=f"codebook as {output_format}", by=request.user, now=timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="{slug}-codebook.{output_format}"'}
    return HttpResponse(content, content_type=chosen.content_type, headers=headers)
