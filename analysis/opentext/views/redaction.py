"""Doors of redaction: the answers, one of them, and a quote from what it has become."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.forms_served import carried_out
from accounts.requests import SignedInRequest, see_other
from analysis.opentext.access import codes_answers, note_read
from analysis.opentext.local_names import names_of
from analysis.opentext.pages.redaction import redaction_page, redactions_page
from analysis.opentext.quote_forms import QuoteForm, RedactionForm
from analysis.opentext.quoting import propose
from analysis.opentext.redacting import latest
from analysis.opentext.redacting import redact as keep_redaction
from analysis.opentext.work import work_on
from respondents.form_pages import FormPage
from respondents.paging import page_of
from survey.waves import find_opened_wave


@codes_answers
@require_safe
def answers(request: SignedInRequest, slug: str, item: str) -> HttpResponse:
    """The answers to one item, and which of them somebody has looked at."""
    work = work_on(find_opened_wave(slug), item)
    part = page_of(work.answers, request.GET)
    page = redactions_page(work, names_of(work.wave), part, asked=request.GET)
    return render(request, "analysis/opentext/redactions.html", {"page": page})


@codes_answers
def redact(request: SignedInRequest, slug: str, item: str, pseudonym: str) -> HttpResponse:
    """One answer is decided on, passage by passage."""
    work, now = work_on(find_opened_wave(slug), item), timezone.now()
    answer = work.answer(pseudonym)
    found = names_of(work.wave).find(answer.text)
    form = RedactionForm(request.POST if request.method == "POST" else None, text=answer.text, found=found)
    if form.is_valid():
        blocked = form.cleaned_data["is_blocked"]
        keep_redaction(work, answer, edits=form.edits, is_blocked=blocked, by=request.user, now=now)
        return see_other(reverse("opentext:redact", args=[slug, item, pseudonym]))
    note_read(work, answer, by=request.user, now=now)
    page = redaction_page(work, answer, found, person=request.user)
    return render(request, "analysis/opentext/redaction.html", {"page": page, "form": form})


@codes_answers
def quote(request: SignedInRequest, slug: str, item: str, pseudonym: str) -> HttpResponse:
    """A passage of a redacted answer is proposed."""
    work, now = work_on(find_opened_wave(slug), item), timezone.now()
    answer = work.answer(pseudonym)
    redaction = latest(work).get(answer.pseudonym)
    if redaction is None or redaction.is_blocked:
        raise Http404
    form = QuoteForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and carried_out(form, lambda: propose(redaction, **form.cleaned_data, by=request.user, now=now)):
        return see_other(reverse("opentext:quotes", args=[slug]))
    note_read(work, answer, by=request.user, now=now)
    back = reverse("opentext:redact", args=[slug, item, pseudonym])
    above = f"Return {pseudonym}"
    page = FormPage("Propose a quote", "The redacted answer:", back, above, caption=above, wave=work.wave)
    context = {"page": page, "form": form, "quoted": redaction.text}
    return render(request, "analysis/opentext/form.html", context)
