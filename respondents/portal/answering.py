"""Doors of the pages of questions: find, bind, save, and go on, or show the page once more with what must be known."""

from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from accounts import clock
from accounts.requests import see_other
from accounts.rules import signed_in
from respondents.correspondence.overview import queries_on
from respondents.correspondence.pages.news import query_links
from respondents.portal.access import find_again, find_items, find_page, find_shared
from respondents.portal.doors import person_of
from respondents.portal.forms import AnswerForm, AutosaveForm, SettleForm
from respondents.portal.memory import (
    answers_by_agency,
    remember_asking_about_blanks,
    remember_way,
    was_asked_about_blanks,
)
from respondents.portal.pages.autosaved import autosave_reply
from respondents.portal.pages.place import CHECK, check_url, page_url, tasks_url
from respondents.portal.pages.question import Asking, conflict_page, question_page
from respondents.portal.routes import next_page
from respondents.portal.ways import counterpart_of, is_by_agency, section_with
from respondents.portal.words import unasked_words
from respondents.returns.autosaving import autosave_answers, save_page
from respondents.returns.models import Return
from respondents.returns.openness import openness_of
from respondents.returns.recording import note_view
from respondents.returns.saving import Conflict, Saved, require_open
from survey.schema.document import Page

TO_TASKS = "and-then-tasks"
ASKS = "asks-about-blanks"
TURN = "turn"
COME_FROM = "come-from"
BACK = "back-to-the-page"


@signed_in
def question(request: HttpRequest, return_id: UUID, page_code: str) -> HttpResponse:
    """One page of questions; sent back, its answers are saved."""
    now, person = clock.now(), person_of(request)
    return answer_page(request, find_shared(return_id, person=person, now=now), page_code, now=now)


@signed_in
@require_POST
def settle(request: HttpRequest, return_id: UUID, page_code: str) -> HttpResponse:
    """Of answers that two people changed, those chosen are saved."""
    now, person = clock.now(), person_of(request)
    return settle_page(request, find_shared(return_id, person=person, now=now), page_code, now=now)


@signed_in
@require_POST
def autosave(request: HttpRequest, return_id: UUID, page_code: str) -> HttpResponse:
    """What an open page sends by itself is saved; the reply says what holds now."""
    now, person = clock.now(), person_of(request)
    return autosave_page(request, find_shared(return_id, person=person, now=now), page_code, now=now)


def answer_page(request: HttpRequest, found: Return, page_code: str, *, now: datetime) -> HttpResponse:
    """One page of questions for somebody who may answer it; sent back, its answers are saved."""
    page = find_page(found, page_code)
    require_open(found, now=now, sections=[section_with(found.wave.questionnaire, page).code])
    sent = request.POST if request.method == "POST" else None
    form = AnswerForm(sent, found=found, page=page, shown=find_items(found, page, is_sent=sent is not None))
    if not form.is_valid():
        return _show(request, form, Asking(), now=now)
    outcome = save_page(found, form.sending, person=person_of(request), now=now)
    return _after_saving(request, form, outcome, now=now)


def settle_page(request: HttpRequest, found: Return, page_code: str, *, now: datetime) -> HttpResponse:
    """Of answers that two people changed, those chosen are saved; or the page is shown again as it was sent."""
    page = find_page(found, page_code)
    if BACK in request.POST:
        again = AnswerForm(request.POST, found=found, page=page, shown=find_items(found, page, is_sent=True))
        again.is_valid()
        return _show(request, again, Asking(), now=now)
    form = SettleForm(request.POST, found=found, page=page, shown=find_items(found, page, is_sent=True))
    if not form.is_whole:
        raise BadRequest
    outcome = save_page(found, form.sending, person=person_of(request), now=now)
    return _after_saving(request, form, outcome, now=now)


def autosave_page(request: HttpRequest, found: Return, page_code: str, *, now: datetime) -> HttpResponse:
    """What an open page sends by itself is saved; the reply says what holds now."""
    person = person_of(request)
    page = find_page(found, page_code)
    form = AutosaveForm(request.POST, found=found, page=page, shown=find_items(found, page, is_sent=True))
    if not form.is_whole or form.tab is None:
        raise BadRequest
    outcome = autosave_answers(found, form.sending, person=person, now=now)
    form.look_again(outcome)
    reply, status = autosave_reply(form, outcome, person=person, now=now)
    return JsonResponse(reply, status=status)


def _after_saving(request: HttpRequest, form: AnswerForm, outcome: Saved | Conflict, *, now: datetime) -> HttpResponse:
    """Onwards when all is saved; both answers when somebody else changed the same; else what is to be decided."""
    if isinstance(outcome, Conflict):
        note_view(form.found, by=person_of(request), page=form.page.code, now=now)
        shown = conflict_page(
            form.page, form, outcome, come_from=_come_from(request), person=person_of(request), now=now
        )
        return render(request, "respondents/conflict.html", {"page": shown}, status=HTTPStatus.CONFLICT)
    if form.unasked:
        messages.warning(request, unasked_words(form.unasked))
    asking = _what_to_ask(request, form)
    return _show_again(request, form, outcome, asking, now=now) if asking else _go_on(request, form, now=now)


def _what_to_ask(request: HttpRequest, form: AnswerForm) -> Asking:
    """What the person should know before going on: a text that was held back, or answers left blank."""
    if form.held:
        return Asking(held=form.held)
    if {TO_TASKS, TURN} & request.POST.keys() or ASKS not in request.POST or not form.left:
        return Asking()
    if was_asked_about_blanks(request.session, form.found, form.page):
        return Asking()
    remember_asking_about_blanks(request.session, form.found, form.page)
    return Asking(left=form.left)


def _show_again(
    request: HttpRequest, form: AnswerForm, outcome: Saved, asking: Asking, *, now: datetime
) -> HttpResponse:
    """The page as it is saved now, by whomever, with what was held back still in its box."""
    if outcome.is_merged and asking.held:
        # The held text has not been compared with what others wrote, so it keeps the version it was based on.
        return _show(request, form.with_warnings(), asking, now=now)
    found = find_again(form.found) if outcome.is_merged else form.found
    again = AnswerForm(
        None,
        found=found,
        page=form.page,
        shown=find_items(found, form.page, is_sent=True),
        may_decline=[item.code for item in asking.left],
        held=asking.held,
    )
    return _show(request, again, asking, now=now)


def _show(request: HttpRequest, form: AnswerForm, asking: Asking, *, now: datetime) -> HttpResponse:
    """The page of questions as the form stands."""
    note_view(form.found, by=person_of(request), page=form.page.code, now=now)
    asks = not asking.left and not was_asked_about_blanks(request.session, form.found, form.page)
    by_agency = answers_by_agency(request.session, form.found)
    page = question_page(
        form, asking, come_from=_come_from(request), asks_about_blanks=asks, by_agency=by_agency, now=now
    )
    # Queries are for the people on the return, not for who takes their answers down.
    queries = () if form.found.standing.heard else queries_on(form.found, form.page)
    asked_here = query_links(form.found, queries)
    return render(request, "respondents/question.html", {"page": page, "form": form, "asked_here": asked_here})


def _go_on(request: HttpRequest, form: AnswerForm, *, now: datetime) -> HttpResponse:
    """To the next page this person may answer, or back where they came from."""
    found, questionnaire = form.found, form.found.wave.questionnaire
    other = counterpart_of(questionnaire, form.page)
    if other and not _come_from(request):
        turns = TURN in request.POST
        remember_way(request.session, found, by_agency=is_by_agency(questionnaire, form.page) != turns)
        if turns:
            return see_other(page_url(found, other))
    if TO_TASKS in request.POST:
        return see_other(tasks_url(found))
    following = _following(form, by_agency=answers_by_agency(request.session, found), now=now)
    if following and not _come_from(request):
        return see_other(page_url(found, following))
    return see_other(check_url(found) if found.standing.may_read_all else tasks_url(found))


def _following(form: AnswerForm, *, by_agency: bool, now: datetime) -> Page | None:
    found, questionnaire = form.found, form.found.wave.questionnaire
    mine = [code for code in openness_of(found, now=now).sections if found.standing.may_answer(code)]
    values = {**found.values, **form.sent}
    following = next_page(questionnaire, form.page, values, by_agency=by_agency)
    while following and section_with(questionnaire, following).code not in mine:
        following = next_page(questionnaire, following, values, by_agency=by_agency)
    return following


def _come_from(request: HttpRequest) -> str:
    """Where the way leads back to: the check page, when a single answer is changed from there."""
    named = request.POST.get(COME_FROM) or request.GET.get("from")
    return CHECK if named == CHECK else ""
