"""Doors of importing: send, look, confirm, discard, withdraw."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest, see_other
from analysis.comparators import importing
from analysis.comparators.access import find_imported, find_proposal, imports_figures
from analysis.comparators.forms import ComparatorForm, ConfirmForm
from analysis.comparators.pages.importing import preview_page
from respondents.form_pages import FORM_PAGE, FormPage
from respondents.register.pages.imports import RefusedFile, refused_page
from respondents.tabular.lines import FileRefused
from respondents.tabular.reading import LettersUnsure
from respondents.whole_forms import ReasonForm
from survey.waves import find_opened_wave


@imports_figures
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest, slug: str) -> HttpResponse:
    """A file is sent; what is wrong with it is said, or what importing it would do is shown."""
    wave, is_sent = find_opened_wave(slug), request.method == "POST"
    form = ComparatorForm(request.POST, request.FILES) if is_sent else ComparatorForm()
    refused: RefusedFile | None = None
    if form.is_valid():
        try:
            sent = importing.propose(
                wave,
                facts=form.facts,
                content=form.content,
                encoding=form.encoding,
                by=request.user,
                now=timezone.now(),
            )
            return see_other(reverse("comparators:proposal", args=[slug, sent.pk]))
        except FileRefused as error:
            form.add_error("figures", "Nothing was imported. What is wrong is listed below")
            refused = refused_page(error.problems, sample=error.sample if isinstance(error, LettersUnsure) else "")
    return render(request, "analysis/comparators/new.html", {"wave": wave, "form": form, "refused": refused})


@imports_figures
@require_safe
def proposal(request: SignedInRequest, slug: str, proposal_id: int) -> HttpResponse:
    """What importing the file would do."""
    wave = find_opened_wave(slug)
    found = find_proposal(wave, proposal_id)
    page = preview_page(wave, found, importing.preview_of(found))
    return render(request, "analysis/comparators/proposal.html", {"page": page})


@imports_figures
@require_POST
def confirm(request: SignedInRequest, slug: str, proposal_id: int) -> HttpResponse:
    """Exactly what was shown is imported."""
    wave, form = find_opened_wave(slug), ConfirmForm(request.POST)
    sent = find_proposal(wave, proposal_id)
    if not form.is_valid():
        raise BadRequest("The preview that is confirmed was not named.")
    digest = form.cleaned_data["digest"]
    kept = importing.import_proposal(wave, sent.pk, digest=digest, by=request.user, now=timezone.now())
    messages.success(request, f"The figures of {kept} stand beside the tables now.")
    return see_other(reverse("comparators:survey", args=[slug, kept.name]))


@imports_figures
@require_POST
def discard(request: SignedInRequest, slug: str, proposal_id: int) -> HttpResponse:
    """What was sent is forgotten."""
    wave = find_opened_wave(slug)
    importing.discard(wave, find_proposal(wave, proposal_id).pk)
    messages.success(request, "The file was discarded. No table was changed.")
    return see_other(reverse("comparators:list", args=[slug]))


@imports_figures
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, slug: str, survey: str) -> HttpResponse:
    """The figures are taken from beside the tables, with the reason."""
    wave = find_opened_wave(slug)
    found = find_imported(wave, survey)
    found.wave = wave
    if hasattr(found, "withdrawal"):
        raise Http404
    form = ReasonForm(
        request.POST if request.method == "POST" else None,
        button="Withdraw the figures",
        missing="Say why the figures are withdrawn",
        help_text="It stands in the list of other surveys.",
        is_warning=True,
    )
    if form.is_valid():
        importing.withdraw(found, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())
        messages.success(request, f"The figures of {found} were withdrawn.")
        return see_other(reverse("comparators:list", args=[slug]))
    lead = "They no longer stand beside any table. The file stays in the list with your reason."
    back, label = reverse("comparators:survey", args=[slug, found.name]), found.label
    page = FormPage("Withdraw these figures", lead, back, label, caption=label, wave=wave)
    return render(request, FORM_PAGE, {"page": page, "form": form})
