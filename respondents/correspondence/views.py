"""Doors of the correspondence for the people on a return: find, bind, call one service, show."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest, see_other
from accounts.rules import signed_in
from respondents.correspondence.access import find_query_to_read, last_wish
from respondents.correspondence.feedback import give_feedback
from respondents.correspondence.forms import FeedbackForm, MessageForm, QueryAnswerForm, WishForm
from respondents.correspondence.pages.board import is_changed, messages_page, query_page, reopening_page
from respondents.correspondence.querying import answer_query
from respondents.correspondence.reopening import ask_to_reopen, require_closed
from respondents.correspondence.writing import enough_messages, write_to_team
from respondents.portal.access import find_readable, find_return, find_shared, find_submission
from respondents.portal.pages.place import place_of


@signed_in
def messages(request: SignedInRequest, return_id: UUID) -> HttpResponse:
    """The thread with the survey team; a message sent is added to it."""
    now, person = timezone.now(), request.user
    found = find_readable(return_id, person=person, now=now)
    form = MessageForm(
        request.POST if request.method == "POST" else None,
        enough=lambda key: enough_messages(found, key=key, by=person, now=now),
    )
    if form.is_valid():
        write_to_team(found, **form.cleaned_data, by=person, now=now)
        return see_other(reverse("correspondence:messages", args=[return_id]))
    thread = found.team_messages.select_related("written_by").order_by("pk")
    page = messages_page(found, thread, found.queries.with_state().order_by("pk"), person=person, now=now)
    return render(request, "respondents/correspondence/messages.html", {"page": page, "form": form})


@signed_in
def query(request: SignedInRequest, return_id: UUID, query_id: int) -> HttpResponse:
    """One query; the chair answers it here."""
    now, person = timezone.now(), request.user
    sent = request.POST if request.method == "POST" else None
    found = (find_shared if sent is None else find_return)(return_id, person=person, now=now)
    asked = find_query_to_read(found, query_id)
    steps = list(asked.steps.select_related("made_by").order_by("pk"))
    form = QueryAnswerForm(sent, is_changed=is_changed(found, asked, steps))
    if form.is_valid():
        answer_query(asked, **form.cleaned_data, by=person, now=now)
        return see_other(reverse("correspondence:query", args=[return_id, query_id]))
    page = query_page(found, asked, steps, person=person, now=now)
    return render(request, "respondents/correspondence/query.html", {"page": page, "form": form})


@signed_in
def reopening(request: SignedInRequest, return_id: UUID) -> HttpResponse:
    """What was reopened; the chair asks for it here."""
    now, person = timezone.now(), request.user
    sent = request.POST if request.method == "POST" else None
    found = find_shared(return_id, person=person, now=now)
    form = WishForm(sent, found=found)
    if sent is not None:
        require_closed(find_return(return_id, person=person, now=now), now=now)
    if form.is_valid():
        ask_to_reopen(found, **form.cleaned_data, by=person, now=now)
        return see_other(reverse("correspondence:reopening", args=[return_id]))
    wish = last_wish(found) if found.standing.is_chair else None
    page = reopening_page(found, found.reopenings.order_by("-pk"), wish, person=person, now=now)
    return render(request, "respondents/correspondence/reopening.html", {"page": page, "form": form})


@signed_in
def feedback(request: SignedInRequest, return_id: UUID, number: int) -> HttpResponse:
    """How it went, told once after sending."""
    now, person = timezone.now(), request.user
    found = find_readable(return_id, person=person, now=now)
    submission = find_submission(found, number)
    action = reverse("correspondence:feedback", args=[return_id, number])
    form = FeedbackForm(request.POST if request.method == "POST" else None, action=action)
    if form.is_valid():
        give_feedback(found, submission, person=person, now=now, **form.cleaned_data)
        return see_other(reverse("portal:receipt", args=[return_id, number]))
    page = {"place": place_of(found, now=now), "receipt_url": reverse("portal:receipt", args=[return_id, number])}
    return render(request, "respondents/correspondence/feedback.html", {"page": page, "form": form})


@signed_in
@require_POST
def skip_feedback(request: SignedInRequest, return_id: UUID, number: int) -> HttpResponse:
    """Somebody would rather not say how it went, and is not asked again."""
    now, person = timezone.now(), request.user
    found = find_readable(return_id, person=person, now=now)
    give_feedback(found, find_submission(found, number), person=person, now=now)
    return see_other(reverse("portal:receipt", args=[return_id, number]))
