"""Doors of the chair's pages: find, bind, call one service, show."""

from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts import clock
from accounts.requests import see_other
from accounts.rules import public, signed_in
from respondents.correspondence.feedback import was_asked
from respondents.correspondence.overview import news_of
from respondents.correspondence.pages.feedback import feedback_panel
from respondents.correspondence.pages.news import news_panel
from respondents.portal.access import find_readable, find_return, find_shared, find_submission, my_returns
from respondents.portal.doors import person_of
from respondents.portal.forms import SubmitForm
from respondents.portal.further import further_links
from respondents.portal.memory import answers_by_agency
from respondents.portal.pages.answers import CheckPage, check_page, sent_page
from respondents.portal.pages.paper import reading_page
from respondents.portal.pages.receipt import receipt_page
from respondents.portal.pages.returns import returns_page, tasks_page
from respondents.retention.notice import notice_lines
from respondents.returns.models import Return
from respondents.returns.submitting import AnswersChanged, submit_return
from respondents.together.access import last_request
from respondents.together.overview import overview_of
from respondents.together.pages.signing import signing_panel


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
    """What is kept about people, why, for how long, and what they can ask for."""
    return render(request, "respondents/privacy.html", {"kept": notice_lines()})


@public
@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    """What this site keeps in a browser."""
    return render(request, "respondents/cookies.html", {"prefix": settings.COOKIE_PREFIX})


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How usable the pages are, and what is known to be wanting."""
    return render(request, "respondents/accessibility.html")


@signed_in
@require_safe
def returns(request: HttpRequest) -> HttpResponse:
    """The returns of the boards this person chairs."""
    now = clock.now()
    mine = list(my_returns(person_of(request), now=now))
    page = returns_page(mine, person=person_of(request), further=further_links(mine, now=now), now=now)
    return render(request, "respondents/returns.html", {"page": page})


@signed_in
@require_safe
def tasks(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """One return: its sections and how far each is."""
    now, person = clock.now(), person_of(request)
    found = find_shared(return_id, person=person, now=now)
    submissions = found.submissions.order_by("-number")
    page = tasks_page(
        found,
        submissions=submissions,
        overview=overview_of(found),
        person=person,
        now=now,
        by_agency=answers_by_agency(request.session, found),
        further=further_links([found], now=now)[found.pk],
    )
    news = news_panel(found, news_of(found, now=now), person=person, now=now)
    return render(request, "respondents/tasks.html", {"page": page, "news": news})


@signed_in
@require_safe
def reading(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """All questions on one page, to be read or printed."""
    now = clock.now()
    found = find_shared(return_id, person=person_of(request), now=now)
    return render(request, "respondents/reading.html", {"page": reading_page(found, now=now)})


@signed_in
@require_safe
def check(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """All answers, to be read before they are sent."""
    now, person = clock.now(), person_of(request)
    found = find_readable(return_id, person=person, now=now)
    page = _checked(request, found, now=now)
    signing = signing_panel(found, last_request(found), person=person, now=now)
    return render(request, "respondents/check.html", {"page": page, "signing": signing})


@signed_in
@require_POST
def submit(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """The return is sent, if its answers are still those that were checked."""
    now, person = clock.now(), person_of(request)
    form = SubmitForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    found = find_return(return_id, person=person, now=now)
    outcome = submit_return(found, person=person, version=form.version, now=now)
    if not isinstance(outcome, AnswersChanged):
        return see_other(reverse("portal:receipt", args=[return_id, outcome.number]))
    page = _checked(request, found, now=now, has_changed=True)
    return render(request, "respondents/check.html", {"page": page}, status=HTTPStatus.CONFLICT)


def _checked(request: HttpRequest, found: Return, *, now: datetime, has_changed: bool = False) -> CheckPage:
    """The page of all answers, in the way in which this person answers them."""
    return check_page(
        found,
        submissions=found.submissions.order_by("-number"),
        person=person_of(request),
        now=now,
        has_changed=has_changed,
        by_agency=answers_by_agency(request.session, found),
    )


@signed_in
@require_safe
def receipt(request: HttpRequest, return_id: UUID, number: int) -> HttpResponse:
    """The receipt of one submission."""
    now, person = clock.now(), person_of(request)
    found = find_shared(return_id, person=person, now=now)
    submission = find_submission(found, number)
    page = receipt_page(found, submission, latest=found.submissions.count(), person=person, now=now)
    may_be_asked = found.standing.may_read_all
    asking = feedback_panel(found, submission, was_asked=was_asked(found, person=person)) if may_be_asked else None
    return render(request, "respondents/receipt.html", {"page": page, "asking": asking})


@signed_in
@require_safe
def sent(request: HttpRequest, return_id: UUID, number: int) -> HttpResponse:
    """The answers of one submission."""
    now = clock.now()
    found = find_readable(return_id, person=person_of(request), now=now)
    page = sent_page(found, find_submission(found, number), now=now)
    return render(request, "respondents/sent.html", {"page": page})
