"""Doors of the correspondence for the survey team: find, bind, call one service, show."""

from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest, see_other
from respondents.correspondence.access import find_query, find_return_of, last_wish, waiting_request, writes_with_boards
from respondents.correspondence.forms import AskAgainForm, CloseForm, MessageForm, QueryForm
from respondents.correspondence.overview import boards_in
from respondents.correspondence.pages.team import team_form_page, team_query_page, thread_page, threads_page
from respondents.correspondence.querying import ask_again, close_query, put_query, read_steps
from respondents.correspondence.reopening import decline
from respondents.correspondence.writing import read_thread, write_to_board
from respondents.filter_forms import NamedForm
from respondents.form_pages import FORM_PAGE
from respondents.whole_forms import ReasonForm
from survey.waves import find_opened_wave


@writes_with_boards
@require_safe
def threads(request: SignedInRequest, slug: str) -> HttpResponse:
    """Every board of the wave, those that wait for the team first."""
    wave = find_opened_wave(slug)
    form = NamedForm(request.GET)
    page = threads_page(wave, boards_in(wave), name=form.name_wanted, now=timezone.now())
    return render(request, "respondents/correspondence/threads.html", {"page": page, "form": form})


@writes_with_boards
def thread(request: SignedInRequest, slug: str, return_id: UUID) -> HttpResponse:
    """The thread with one board; a message sent is added to it."""
    now, person = timezone.now(), request.user
    found = find_return_of(slug, return_id)
    form = MessageForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        write_to_board(found, **form.cleaned_data, by=person, now=now)
        return see_other(reverse("team:thread", args=[slug, return_id]))
    page = thread_page(
        found,
        messages=read_thread(found, by=person, now=now),
        queries=found.queries.with_state().order_by("pk"),
        wish=last_wish(found),
        request=waiting_request(found),
        reopenings=found.reopenings.order_by("-pk"),
        person=person,
        now=now,
    )
    return render(request, "respondents/correspondence/thread.html", {"page": page, "form": form})


@writes_with_boards
def new_query(request: SignedInRequest, slug: str, return_id: UUID) -> HttpResponse:
    """A query is put to one question of a return."""
    now = timezone.now()
    found = find_return_of(slug, return_id)
    form = QueryForm(request.POST if request.method == "POST" else None, found=found)
    if form.is_valid():
        put_query(found, **form.cleaned_data, by=request.user, now=now)
        return see_other(reverse("team:thread", args=[slug, return_id]))
    lead = "The chair sees it on the task list and beside the question, and answers in words or by changing the answer."
    page = team_form_page(found, title="Ask about an answer", lead=lead)
    return render(request, FORM_PAGE, {"page": page, "form": form})


@writes_with_boards
def query(request: SignedInRequest, slug: str, return_id: UUID, query_id: int) -> HttpResponse:
    """One query; the team asks further here."""
    now, person = timezone.now(), request.user
    found = find_return_of(slug, return_id)
    asked = find_query(found, query_id)
    form = AskAgainForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        ask_again(asked, **form.cleaned_data, by=person, now=now)
        return see_other(reverse("team:query", args=[slug, return_id, query_id]))
    steps = read_steps(asked, by=person, now=now)
    page = team_query_page(found, asked, steps, person=person, now=now)
    context = {"page": page, "form": form, "close_form": CloseForm()}
    return render(request, "respondents/correspondence/team_query.html", context)


@writes_with_boards
@require_POST
def close(request: SignedInRequest, slug: str, return_id: UUID, query_id: int) -> HttpResponse:
    """Nothing more is asked."""
    asked = find_query(find_return_of(slug, return_id), query_id)
    form = CloseForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    close_query(asked, **form.cleaned_data, by=request.user, now=timezone.now())
    return see_other(reverse("team:thread", args=[slug, return_id]))


@writes_with_boards
def decline_wish(request: SignedInRequest, slug: str, return_id: UUID) -> HttpResponse:
    """A wish to reopen is declined, for a reason."""
    now = timezone.now()
    found = find_return_of(slug, return_id)
    form = ReasonForm(
        request.POST if request.method == "POST" else None,
        button="Decline",
        missing="Say why the return is not reopened",
        help_text="The chair reads it.",
    )
    if form.is_valid():
        decline(found, **form.cleaned_data, by=request.user, now=now)
        return see_other(reverse("team:thread", args=[slug, return_id]))
    lead = "The return stays as it was submitted. The chair is told by email and reads your reason on the site."
    page = team_form_page(found, title="Decline to reopen", lead=lead)
    return render(request, FORM_PAGE, {"page": page, "form": form})
