"""Doors of reopenings for the survey team: one researcher asks, another decides."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest, see_other
from respondents.correspondence.access import find_request, find_return_of, last_wish, reopens, writes_with_boards
from respondents.correspondence.forms import ReopenForm
from respondents.correspondence.granting import approve_reopening, ask_for_reopening, end_request
from respondents.correspondence.pages.requests import end_words, request_page
from respondents.correspondence.pages.team import team_form_page
from respondents.form_pages import FORM_PAGE
from respondents.whole_forms import ReasonForm


@reopens
def asking(request: SignedInRequest, slug: str, return_id: UUID) -> HttpResponse:
    """A researcher asks that sections of a return are reopened until a moment, for a reason."""
    now = timezone.now()
    found = find_return_of(slug, return_id)
    wish = last_wish(found)
    wished = wish.sections if wish and not wish.decision else ()
    form = ReopenForm(request.POST if request.method == "POST" else None, found=found, wished=wished, now=now)
    if form.is_valid():
        ask_for_reopening(found, **form.cleaned_data, by=request.user, now=now)
        return see_other(reverse("team:thread", args=[slug, return_id]))
    lead = (
        "Another researcher has to approve it. The people on the return can then change these sections and submit "
        "again until the time you name. They are told by email."
    )
    page = team_form_page(found, title="Ask to reopen the return", lead=lead)
    return render(request, FORM_PAGE, {"page": page, "form": form})


@writes_with_boards
@require_safe
def request_to_reopen(request: SignedInRequest, slug: str, return_id: UUID, asked_id: int) -> HttpResponse:
    """One request, with who asked and why."""
    asked = find_request(find_return_of(slug, return_id), asked_id)
    page = request_page(asked, reader=request.user, now=timezone.now())
    return render(request, "respondents/correspondence/request.html", {"page": page})


@reopens
@require_POST
def approval(request: SignedInRequest, slug: str, return_id: UUID, asked_id: int) -> HttpResponse:
    """The sections are open."""
    asked = find_request(find_return_of(slug, return_id), asked_id)
    approve_reopening(asked, by=request.user, now=timezone.now())
    messages.success(request, "The return is reopened. The people on it are told by email.")
    return see_other(reverse("team:thread", args=[slug, return_id]))


@writes_with_boards
def ending(request: SignedInRequest, slug: str, return_id: UUID, asked_id: int) -> HttpResponse:
    """The request is refused, or taken back, for a reason."""
    found = find_return_of(slug, return_id)
    asked = find_request(found, asked_id)
    words = end_words(asked, reader=request.user)
    form = ReasonForm(
        request.POST if request.method == "POST" else None,
        button=words,
        missing="Say why the return is not to be reopened",
        help_text="Other researchers read it.",
    )
    if form.is_valid():
        end_request(asked, **form.cleaned_data, by=request.user, now=timezone.now())
        return see_other(reverse("team:thread", args=[slug, return_id]))
    lead = "The return stays closed. A wish of the chair still waits: decline it from the messages if that is meant."
    page = team_form_page(found, title=f"{words}: reopening the return", lead=lead)
    return render(request, FORM_PAGE, {"page": page, "form": form})
