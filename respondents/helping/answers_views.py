"""Doors to answers under a pseudonym, for analysts."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from respondents.helping.access import finds_answers, reads_answers
from respondents.helping.answers import answered_in, read_answers
from respondents.helping.forms import PseudonymsForm
from respondents.helping.pages.answers import pseudonym_page, pseudonyms_page
from respondents.paging import page_of
from survey.waves import find_opened_wave


@finds_answers
@require_safe
def pseudonyms(request: SignedInRequest, slug: str) -> HttpResponse:
    """The returns of the wave that count, under names that say nothing."""
    wave = find_opened_wave(slug)
    form = PseudonymsForm(request.GET)
    part = page_of(answered_in(wave, form.wanted), request.GET)
    page = pseudonyms_page(wave, part, asked=request.GET)
    return render(request, "respondents/helping/pseudonyms.html", {"page": page, "form": form})


@reads_answers
@require_safe
def answers(request: SignedInRequest, slug: str, pseudonym: str, number: int) -> HttpResponse:
    """The answers of one submission, without who gave them; recorded."""
    wave = find_opened_wave(slug)
    submission = read_answers(wave, pseudonym, number, by=request.user, now=timezone.now())
    page = pseudonym_page(wave, submission, last=submission.survey_return.submissions.count())
    return render(request, "respondents/helping/pseudonym.html", {"page": page})
