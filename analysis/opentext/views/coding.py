"""Doors of coding: the next answer, one answer, and that one is done."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.forms_served import carried_out
from accounts.models import User
from accounts.requests import SignedInRequest, see_other
from analysis.opentext.access import codes_answers, note_opened, note_read, takes_answers
from analysis.opentext.answers import Answer, with_text
from analysis.opentext.coding import code_answer, say_done
from analysis.opentext.forms import CodingForm
from analysis.opentext.frames import applied_of
from analysis.opentext.pages.coding import coding_page, original_page
from analysis.opentext.reading import reading_of
from analysis.opentext.refusals import NotYours
from analysis.opentext.work import Work, work_of
from survey.waves import find_opened_wave


@codes_answers
@require_safe
def next_answer(request: SignedInRequest, slug: str, item: str) -> HttpResponse:
    """On to the first answer that this person has not coded, or back to the item."""
    return see_other(_onwards(work_of(find_opened_wave(slug), item, request.user), request.user))


@codes_answers
def code(request: SignedInRequest, slug: str, item: str, pseudonym: str) -> HttpResponse:
    """One answer is read and coded."""
    work, now = work_of(find_opened_wave(slug), item, request.user), timezone.now()
    answer = _theirs(work, pseudonym, by=request.user)
    coded, reading = work.coding(request.user, answer), reading_of(work, answer)
    sent = request.POST if request.method == "POST" else None
    live = [each for each in work.codes if not each.is_retired]
    before = reading.as_read(applied_of(coded.applied)) if coded else None
    form = CodingForm(sent, codes=live, applied=before, seen=reading.digest)
    if form.is_valid():
        told = {"applied": form.applied, "seen": form.cleaned_data["seen"]}
        if carried_out(form, lambda: code_answer(work, reading, **told, by=request.user, now=now)):
            return see_other(_onwards(work, request.user, after=answer))
    note_read(work, answer, by=request.user, now=now)
    page = coding_page(work, reading, person=request.user, chosen=form.chosen)
    return render(request, "analysis/opentext/coding.html", {"page": page, "form": form})


@takes_answers
@require_safe
def original(request: SignedInRequest, slug: str, item: str, pseudonym: str) -> HttpResponse:
    """The answer as it was written, to somebody who codes it; recorded as an act of its own."""
    work = work_of(find_opened_wave(slug), item, request.user)
    answer = _theirs(work, pseudonym, by=request.user)
    note_opened(work, answer, by=request.user, now=timezone.now())
    return render(request, "analysis/opentext/original.html", {"page": original_page(work, answer)})


@codes_answers
@require_POST
def done(request: SignedInRequest, slug: str, item: str) -> HttpResponse:
    """What this person coded stands from now on."""
    say_done(work_of(find_opened_wave(slug), item, request.user), by=request.user, now=timezone.now())
    return see_other(reverse("opentext:item", args=[slug, item]))


def _theirs(work: Work, pseudonym: str, *, by: User) -> Answer:
    answer = with_text(work.wave, work.item.code, work.answer(pseudonym))
    if answer not in work.answers_for(by):
        raise NotYours(
            f"{work.item.code} is coded by the people named on its page. If you are to code it, name yourself."
        )
    return answer


def _onwards(work: Work, person: User, *, after: Answer | None = None) -> str:
    """The next uncoded answer behind this one, or the first there is; the item's page where none is left."""
    left = [each for each in work.uncoded(person) if each != after]
    behind = [each for each in left if after and each.pseudonym > after.pseudonym]
    if not left:
        return reverse("opentext:item", args=[work.wave.slug, work.item.code])
    return reverse("opentext:code", args=[work.wave.slug, work.item.code, (behind or left)[0].pseudonym])
