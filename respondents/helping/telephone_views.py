"""Doors to take answers by telephone: the pages of questions are the portal's own, opened by a call under way."""

from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts import clock
from accounts.requests import SignedInRequest, see_other
from respondents.correspondence.access import find_return_of
from respondents.form_pages import FORM_PAGE
from respondents.helping.access import begins_calls, helps_boards
from respondents.helping.forms import CallForm, DeclarationForm
from respondents.helping.pages.forms import board_url, help_page
from respondents.helping.pages.telephone import call_page, read_back_page
from respondents.helping.telephone import end_call, hear, open_call, submit_by_telephone
from respondents.portal.answering import answer_page, autosave_page, settle_page
from respondents.portal.memory import answers_by_agency
from respondents.returns.models import Return
from respondents.returns.people import chairs_of
from respondents.returns.recording import note_view
from respondents.returns.saving import require_open
from respondents.returns.submitting import AnswersChanged

CHECK_PAGE = "respondents/helping/read_back.html"


@begins_calls
def begin(request: SignedInRequest, slug: str, return_id: UUID) -> HttpResponse:
    """Answers are taken by telephone from now on, for a reason."""
    now, found = clock.now(), find_return_of(slug, return_id)
    require_open(found, now=now)
    chair = chairs_of(found, now=now).first()
    form = CallForm(request.POST if request.method == "POST" else None, voice=chair.name if chair else "", now=now)
    if form.is_valid():
        open_call(found, **form.cleaned_data, by=request.user, now=now)
        return see_other(reverse("helping:call", args=[slug, return_id]))
    lead = (
        "You will see the answers that the board has given, to read them back. That you do, and every page you open, "
        "is recorded. The people on the return see which answers you took, and may change them."
    )
    page = help_page(found, title="Take answers by telephone", lead=lead)
    return render(request, FORM_PAGE, {"page": page, "form": form})


@helps_boards
@require_safe
def call(request: SignedInRequest, slug: str, return_id: UUID) -> HttpResponse:
    """The sections of the return, while the call lasts."""
    now, found = clock.now(), find_return_of(slug, return_id)
    under_way = hear(found, by=request.user, now=now)
    by_agency = answers_by_agency(request.session, found)
    page = call_page(found, under_way, person=request.user, by_agency=by_agency, now=now)
    return render(request, "respondents/helping/call.html", {"page": page})


@helps_boards
def question(request: SignedInRequest, slug: str, return_id: UUID, page_code: str) -> HttpResponse:
    """One page of questions; sent back, its answers are saved as taken by telephone."""
    found, now = _heard(request, slug, return_id)
    return answer_page(request, found, page_code, now=now)


@helps_boards
@require_POST
def settle(request: SignedInRequest, slug: str, return_id: UUID, page_code: str) -> HttpResponse:
    """Of answers that two people changed, those chosen are saved."""
    found, now = _heard(request, slug, return_id)
    return settle_page(request, found, page_code, now=now)


@helps_boards
@require_POST
def autosave(request: SignedInRequest, slug: str, return_id: UUID, page_code: str) -> HttpResponse:
    """What an open page sends by itself is saved."""
    found, now = _heard(request, slug, return_id)
    return autosave_page(request, found, page_code, now=now)


@helps_boards
def check(request: SignedInRequest, slug: str, return_id: UUID) -> HttpResponse:
    """The answers are read back, and sent once they are declared."""
    now, found = clock.now(), find_return_of(slug, return_id)
    under_way, sent = hear(found, by=request.user, now=now), request.POST if request.method == "POST" else None
    action = reverse("helping:call_check", args=[slug, return_id])
    form, outcome = DeclarationForm(sent, voice=under_way.voice, version=found.version, action=action), None
    if form.is_valid():
        declared_by = form.cleaned_data["declared_by"]
        outcome = submit_by_telephone(found, declared_by=declared_by, version=form.version, by=request.user, now=now)
        if not isinstance(outcome, AnswersChanged):
            return see_other(board_url(found))
        form = DeclarationForm(None, voice=declared_by, version=found.version, action=action)
    note_view(found, by=request.user, page="check", now=now)
    page = read_back_page(found, person=request.user, now=now, has_changed=outcome is not None)
    status = HTTPStatus.CONFLICT if outcome else HTTPStatus.OK
    return render(request, CHECK_PAGE, {"page": page, "form": form}, status=status)


@helps_boards
@require_POST
def end(request: SignedInRequest, slug: str, return_id: UUID) -> HttpResponse:
    """No more answers are taken, and none are seen."""
    found = find_return_of(slug, return_id)
    end_call(found, by=request.user, now=clock.now())
    return see_other(board_url(found))


def _heard(request: SignedInRequest, slug: str, return_id: UUID) -> tuple[Return, datetime]:
    """The return as the call opens it, and the moment."""
    now, found = clock.now(), find_return_of(slug, return_id)
    hear(found, by=request.user, now=now)
    return found, now
