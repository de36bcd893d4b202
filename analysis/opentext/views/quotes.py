"""Doors of the quote register, for analysts, and of the permissions of boards, for those who run fieldwork."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.requests import SignedInRequest, see_other
from analysis.opentext.access import asks_boards, codes_answers, takes_answers
from analysis.opentext.models import Quote, QuoteStepKind
from analysis.opentext.pages.quotes import VERBS, permissions_page, quotes_page
from analysis.opentext.quote_forms import StepForm
from analysis.opentext.quoting import quotes_of, take_step
from analysis.publishing.quoted import warnings_for
from respondents.form_pages import FormPage
from survey.models import Wave
from survey.waves import find_opened_wave

READ_QUOTES = declare("quotes.read", "Read the quote register")


@takes_answers
@require_safe
def register(request: SignedInRequest, slug: str) -> HttpResponse:
    """Every quote with its state; recorded."""
    wave = find_opened_wave(slug)
    quotes = quotes_of(wave)
    detail = {"quotes": len(quotes)}
    record(READ_QUOTES, by=request.user, subject=wave, wave=slug, detail=detail, now=timezone.now())
    page = quotes_page(wave, quotes, person=request.user)
    return render(request, "analysis/opentext/quotes.html", {"page": page})


@codes_answers
def step(request: SignedInRequest, slug: str, quote_id: int, kind: QuoteStepKind) -> HttpResponse:
    """A second person approves or refuses; whoever wants to withdraws."""
    wave = find_opened_wave(slug)
    quote = _quote(wave, quote_id)
    return _step(request, wave, quote, kind, quoted=quote.text, above="Quotes", back="opentext:quotes")


@asks_boards
@require_safe
def permissions(request: SignedInRequest, slug: str) -> HttpResponse:
    """Which boards to ask, without a word of what they wrote."""
    wave = find_opened_wave(slug)
    page = permissions_page(wave, quotes_of(wave))
    return render(request, "analysis/opentext/permissions.html", {"page": page})


@asks_boards
def word(request: SignedInRequest, slug: str, quote_id: int, kind: QuoteStepKind) -> HttpResponse:
    """What a board said."""
    wave = find_opened_wave(slug)
    quote = _quote(wave, quote_id)
    return _step(request, wave, quote, kind, quoted="", above="Permissions", back="opentext:permissions")


def _quote(wave: Wave, quote_id: int) -> Quote:
    found = next((each for each in quotes_of(wave) if each.pk == quote_id), None)
    if found is None:
        raise Http404
    return found


def _step(
    request: SignedInRequest, wave: Wave, quote: Quote, kind: QuoteStepKind, *, quoted: str, above: str, back: str
) -> HttpResponse:
    words, url = VERBS[kind][0], reverse(back, args=[wave.slug])
    form = StepForm(request.POST if request.method == "POST" else None, kind=kind, button=words)
    if form.is_valid():
        take_step(quote, kind, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())
        for warning in warnings_for(wave):
            messages.warning(request, warning)
        return see_other(url)
    page = FormPage(words, "", url, above, caption=above, wave=wave)
    return render(request, "analysis/opentext/form.html", {"page": page, "form": form, "quoted": quoted})
