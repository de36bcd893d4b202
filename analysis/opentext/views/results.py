"""Doors to what the codings come to; all of them wait until both coders are done."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.requests import SignedInRequest, see_other
from analysis.opentext.access import codes_answers, note_read, takes_answers
from analysis.opentext.deciding import decide as keep_decision
from analysis.opentext.exporting import codings_csv
from analysis.opentext.forms import DecisionForm
from analysis.opentext.pages.passages import decision_page, passages_page
from analysis.opentext.pages.results import agreement_page, counts_page, differences_page
from analysis.opentext.reading import reading_of, readings_of
from analysis.opentext.reckoning import Reckoning
from analysis.opentext.work import Work, keys, work_on
from respondents.contacts.eligibility import counted_returns
from respondents.paging import page_of
from survey.waves import find_opened_wave

PASSAGES = declare("coding.passages", "Read the passages under a code")
TABLE = "analysis/opentext/results.html"


@codes_answers
@require_safe
def counts(request: SignedInRequest, slug: str, item: str) -> HttpResponse:
    """Boards per code."""
    work = _open(slug, item, texts=False)
    page = counts_page(Reckoning(work), submitted=counted_returns(work.wave).count())
    return render(request, TABLE, {"page": page})


@codes_answers
@require_safe
def agreement(request: SignedInRequest, slug: str, item: str) -> HttpResponse:
    """How far two coders agree, code by code."""
    return render(request, TABLE, {"page": agreement_page(Reckoning(_open(slug, item, texts=False)))})


@codes_answers
@require_safe
def differences(request: SignedInRequest, slug: str, item: str) -> HttpResponse:
    """The answers that two coded differently."""
    return render(request, TABLE, {"page": differences_page(_open(slug, item, texts=False))})


@codes_answers
def decide(request: SignedInRequest, slug: str, item: str, pseudonym: str) -> HttpResponse:
    """What counts for one of them is decided, with the reason."""
    work, now = _open(slug, item), timezone.now()
    answer = work.answer(pseudonym)
    pair = work.both(answer)
    if pair is None or answer not in work.differing:
        raise Http404
    decision = work.decision(answer)
    chosen = keys(decision) if decision else keys(pair[0]) & keys(pair[1])
    form = DecisionForm(request.POST if request.method == "POST" else None, codes=work.codes, chosen=chosen)
    if form.is_valid():
        codes, reason = form.cleaned_data["codes"], form.cleaned_data["reason"]
        keep_decision(work, answer, codes=codes, reason=reason, by=request.user, now=now)
        return see_other(reverse("opentext:differences", args=[slug, item]))
    note_read(work, answer, by=request.user, now=now)
    return render(
        request,
        "analysis/opentext/decision.html",
        {"page": decision_page(work, reading_of(work, answer), pair), "form": form},
    )


@takes_answers
@require_safe
def passages(request: SignedInRequest, slug: str, item: str, code_key: str) -> HttpResponse:
    """What stands behind a count; recorded."""
    work = _open(slug, item)
    code = next((each for each in work.codes if each.key == code_key), None)
    if code is None:
        raise Http404
    part = page_of(list(Reckoning(work).passages(code.key)), request.GET)
    detail = {"item": item, "code": code.key, "answers": len(part)}
    record(PASSAGES, by=request.user, subject=work.wave, wave=slug, detail=detail, now=timezone.now())
    page = passages_page(work, code.name, part, readings_of(work, [answer for answer, _ in part]), asked=request.GET)
    return render(request, "analysis/opentext/passages.html", {"page": page})


@takes_answers
@require_safe
def export(request: SignedInRequest, slug: str, item: str) -> HttpResponse:
    """Who gave which code to which return, without a word of the answers; recorded."""
    content = codings_csv(_open(slug, item, texts=False), by=request.user, now=timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="{slug}-{item}-codings.csv"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


def _open(slug: str, item: str, *, texts: bool = True) -> Work:
    work = work_on(find_opened_wave(slug), item, texts=texts)
    work.refuse_while_blind()
    return work
