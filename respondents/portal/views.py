"""Doors of the chair's pages: find, bind, call one service, show."""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import cast
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.rules import public, signed_in
from respondents.portal.access import (
    find_items,
    find_page,
    find_readable,
    find_return,
    find_shared,
    find_submission,
    my_returns,
)
from respondents.portal.forms import AnswerForm, SettleForm, SubmitForm
from respondents.portal.memory import remember_asking_about_blanks, was_asked_about_blanks
from respondents.portal.pages.answers import check_page, sent_page
from respondents.portal.pages.paper import reading_page
from respondents.portal.pages.place import CHECK, page_url
from respondents.portal.pages.question import conflict_page, question_page
from respondents.portal.pages.receipt import receipt_page
from respondents.portal.pages.returns import returns_page, tasks_page
from respondents.portal.routes import next_page
from respondents.returns.models import Return
from respondents.returns.saving import Conflict, Saved, require_open, save_answers
from respondents.returns.submitting import AnswersChanged, submit_return
from survey.schema.document import Item, Page

TO_TASKS = "and-then-tasks"
ASKS = "asks-about-blanks"
COME_FROM = "come-from"


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The start page for a stranger; their own first page for anyone signed in."""
    if not request.user.is_authenticated:
        return render(request, "home.html")
    return redirect("monitoring:waves" if request.user.is_staff else "portal:returns")


@public
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Whom to ask, and answers to what people ask."""
    return render(request, "respondents/help.html")


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, and the cookies."""
    return render(request, "respondents/privacy.html")


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How usable the pages are, and what is known to be wanting."""
    return render(request, "respondents/accessibility.html")


@signed_in
@require_safe
def returns(request: HttpRequest) -> HttpResponse:
    """The returns of the boards this person chairs."""
    now = timezone.now()
    page = returns_page(my_returns(_person(request), now=now), person=_person(request), now=now)
    return render(request, "respondents/returns.html", {"page": page})


@signed_in
@require_safe
def tasks(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """One return: its sections and how far each is."""
    now, person = timezone.now(), _person(request)
    found = find_shared(return_id, person=person, now=now)
    page = tasks_page(found, submissions=found.submissions.order_by("-number"), person=person, now=now)
    return render(request, "respondents/tasks.html", {"page": page})


@signed_in
@require_safe
def reading(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """All questions on one page, to be read or printed."""
    now = timezone.now()
    found = find_shared(return_id, person=_person(request), now=now)
    return render(request, "respondents/reading.html", {"page": reading_page(found, now=now)})


@signed_in
def question(request: HttpRequest, return_id: UUID, page_code: str) -> HttpResponse:
    """One page of questions; sent back, its answers are saved."""
    now, person = timezone.now(), _person(request)
    found = find_shared(return_id, person=person, now=now)
    page = find_page(found, page_code)
    require_open(found.wave, now=now)
    form = AnswerForm(
        request.POST if request.method == "POST" else None, found=found, page=page, shown=find_items(found, page)
    )
    if not form.is_valid():
        return _show_question(request, form, now=now)
    outcome = save_answers(found, person=person, base_version=form.base_version, sent=form.sent, now=now)
    return _after_saving(request, found, page, form, outcome)


@signed_in
@require_POST
def settle(request: HttpRequest, return_id: UUID, page_code: str) -> HttpResponse:
    """Of answers that two people changed, those chosen are saved."""
    now, person = timezone.now(), _person(request)
    found = find_shared(return_id, person=person, now=now)
    page = find_page(found, page_code)
    form = SettleForm(request.POST, found=found, page=page, shown=find_items(found, page))
    if not form.is_whole:
        raise BadRequest
    outcome = save_answers(
        found, person=person, base_version=form.base_version, sent=form.sent, settled=form.settlement, now=now
    )
    return _after_saving(request, found, page, form, outcome)


@signed_in
@require_safe
def check(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """All answers, to be read before they are sent."""
    now, person = timezone.now(), _person(request)
    found = find_readable(return_id, person=person, now=now)
    page = check_page(found, submissions=found.submissions.order_by("-number"), person=person, now=now)
    return render(request, "respondents/check.html", {"page": page})


@signed_in
@require_POST
def submit(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """The return is sent, if its answers are still those that were checked."""
    now, person = timezone.now(), _person(request)
    form = SubmitForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    found = find_return(return_id, person=person, now=now)
    outcome = submit_return(found, person=person, version=form.version, now=now)
    if not isinstance(outcome, AnswersChanged):
        return _see_other(reverse("portal:receipt", args=[return_id, outcome.number]))
    submissions = found.submissions.order_by("-number")
    page = check_page(found, submissions=submissions, person=person, now=now, has_changed=True)
    return render(request, "respondents/check.html", {"page": page}, status=HTTPStatus.CONFLICT)


@signed_in
@require_safe
def receipt(request: HttpRequest, return_id: UUID, number: int) -> HttpResponse:
    """The receipt of one submission."""
    now, person = timezone.now(), _person(request)
    found = find_readable(return_id, person=person, now=now)
    submission = find_submission(found, number)
    page = receipt_page(found, submission, latest=found.submissions.count(), person=person, now=now)
    return render(request, "respondents/receipt.html", {"page": page})


@signed_in
@require_safe
def sent(request: HttpRequest, return_id: UUID, number: int) -> HttpResponse:
    """The answers of one submission."""
    now = timezone.now()
    found = find_readable(return_id, person=_person(request), now=now)
    page = sent_page(found, find_submission(found, number), now=now)
    return render(request, "respondents/sent.html", {"page": page})


def _after_saving(
    request: HttpRequest, found: Return, page: Page, form: AnswerForm, outcome: Saved | Conflict
) -> HttpResponse:
    """Onwards when all is saved; both answers when somebody else changed the same."""
    come_from = _come_from(request)
    if isinstance(outcome, Conflict):
        shown = conflict_page(page, form, outcome, come_from=come_from, person=_person(request), now=timezone.now())
        return render(request, "respondents/conflict.html", {"page": shown}, status=HTTPStatus.CONFLICT)
    if TO_TASKS in request.POST:
        return _see_other(reverse("portal:tasks", args=[found.pk]))
    if ASKS in request.POST and form.left and not was_asked_about_blanks(request.session, found, page):
        return _ask_about_blanks(request, form, outcome)
    following = next_page(found.wave.questionnaire, page, {**found.values, **form.sent})
    if come_from or following is None:
        return _see_other(reverse("portal:check", args=[found.pk]))
    return _see_other(page_url(found, following))


def _ask_about_blanks(request: HttpRequest, form: AnswerForm, outcome: Saved) -> HttpResponse:
    """The page once more, as it is saved now, with what has no answer."""
    remember_asking_about_blanks(request.session, form.found, form.page)
    found, now = form.found, timezone.now()
    if outcome.version != found.version:  # others saved meanwhile; their answers are shown too
        found = find_shared(found.pk, person=_person(request), now=now)
    may_decline = [item.code for item in form.left]
    again = AnswerForm(None, found=found, page=form.page, shown=find_items(found, form.page), may_decline=may_decline)
    return _show_question(request, again, now=now, left=form.left)


def _show_question(request: HttpRequest, form: AnswerForm, *, now: datetime, left: Sequence[Item] = ()) -> HttpResponse:
    """The page of questions as the form stands."""
    asks = not left and not was_asked_about_blanks(request.session, form.found, form.page)
    page = question_page(
        form.found, form.page, come_from=_come_from(request), now=now, left=left, asks_about_blanks=asks
    )
    return render(request, "respondents/question.html", {"page": page, "form": form})


def _person(request: HttpRequest) -> User:
    """The person; the route's rule has made sure that there is one."""
    return cast("User", request.user)


def _come_from(request: HttpRequest) -> str:
    """Where the way leads back to: the check page, when a single answer is changed from there."""
    named = request.POST.get(COME_FROM) or request.GET.get("from")
    return CHECK if named == CHECK else ""


def _see_other(url: str) -> HttpResponse:
    """On to the next page by GET, so that reloading sends nothing again."""
    return HttpResponse(status=HTTPStatus.SEE_OTHER, headers={"Location": url})
