"""Doors to the items that are answered in words: their frame, their coders."""

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.forms_served import carried_out
from accounts.requests import SignedInRequest, see_other
from analysis.core.coding import Code
from analysis.opentext import framing
from analysis.opentext.access import codes_answers
from analysis.opentext.coding import name_coders
from analysis.opentext.forms import CodeForm, CodersForm, RetireForm
from analysis.opentext.pages.items import items_page
from analysis.opentext.pages.overview import item_page
from analysis.opentext.work import Work, work_on
from respondents.form_pages import FORM_PAGE, FormPage
from respondents.whole_forms import WholeForm
from survey.waves import find_opened_wave


@codes_answers
@require_safe
def items(request: SignedInRequest, slug: str) -> HttpResponse:
    """Every item that is answered in words."""
    return render(request, "analysis/opentext/items.html", {"page": items_page(find_opened_wave(slug))})


@codes_answers
@require_safe
def item(request: SignedInRequest, slug: str, item: str) -> HttpResponse:
    """One item: its frame, its coders, what comes next."""
    page = item_page(work_on(find_opened_wave(slug), item, texts=False), person=request.user)
    return render(request, "analysis/opentext/item.html", {"page": page})


@codes_answers
def add_code(request: SignedInRequest, slug: str, item: str) -> HttpResponse:
    """A code is added."""
    work = work_on(find_opened_wave(slug), item)
    form = CodeForm(request.POST if request.method == "POST" else None, codes=work.codes)
    if form.is_valid() and carried_out(
        form, lambda: framing.add_code(work.wave, item, form.code(), by=request.user, now=timezone.now())
    ):
        return see_other(reverse("opentext:item", args=[slug, item]))
    return _form(request, work, form, title="Add a code")


@codes_answers
def change_code(request: SignedInRequest, slug: str, item: str, code_key: str) -> HttpResponse:
    """A code is worded otherwise."""
    work = work_on(find_opened_wave(slug), item)
    code = _code(work, code_key)
    form = CodeForm(request.POST if request.method == "POST" else None, codes=work.codes, code=code)
    if form.is_valid() and carried_out(
        form, lambda: framing.change_code(work.wave, item, form.code(code.key), by=request.user, now=timezone.now())
    ):
        return see_other(reverse("opentext:item", args=[slug, item]))
    return _form(request, work, form, title=f"Change “{code.name}”")


@codes_answers
def retire_code(request: SignedInRequest, slug: str, item: str, code_key: str) -> HttpResponse:
    """A code is offered no longer; what was coded with it is kept."""
    work = work_on(find_opened_wave(slug), item)
    code = _code(work, code_key)
    form = RetireForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        framing.change_code(work.wave, item, replace(code, is_retired=True), by=request.user, now=timezone.now())
        return see_other(reverse("opentext:item", args=[slug, item]))
    lead = "It is offered to coders no longer. What was coded with it stays, and can be counted."
    return _form(request, work, form, title=f"Retire “{code.name}”", lead=lead)


@codes_answers
def coders(request: SignedInRequest, slug: str, item: str) -> HttpResponse:
    """Two people are named."""
    work = work_on(find_opened_wave(slug), item)
    now = {} if work.coders is None else {"first": work.coders.first_id, "second": work.coders.second_id}
    form = CodersForm(request.POST if request.method == "POST" else None, **now)
    if form.is_valid() and carried_out(
        form, lambda: name_coders(work.wave, item, **form.cleaned_data, by=request.user, now=timezone.now())
    ):
        return see_other(reverse("opentext:item", args=[slug, item]))
    lead = "They code on their own: neither sees what the other coded until both have said that they are done."
    return _form(request, work, form, title="Who codes these answers", lead=lead)


def _code(work: Work, key: str) -> Code:
    found = next((code for code in work.codes if code.key == key), None)
    if found is None:
        raise Http404
    return found


def _form(request: SignedInRequest, work: Work, form: WholeForm, *, title: str, lead: str = "") -> HttpResponse:
    url = reverse("opentext:item", args=[work.wave.slug, work.item.code])
    above = work.item.short
    return render(request, FORM_PAGE, {"page": FormPage(title, lead, url, above, above, work.wave), "form": form})
