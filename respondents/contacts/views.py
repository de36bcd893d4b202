"""Doors of the contact log: boards and their outcomes, entries, decisions, the stop list and the settings."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.forms_served import carried_out
from accounts.outbox.models import Message
from accounts.requests import SignedInRequest, see_other
from respondents.contacts.access import find_return, find_stop, keeps_contacts, sees_contacts
from respondents.contacts.finding import boards_of
from respondents.contacts.forms import EntryForm, OutcomeForm, SettingsForm, StopForm
from respondents.contacts.models import Stop
from respondents.contacts.noting import decide_outcome, follow_ups, lift, note_contact, set_contacts, stop
from respondents.contacts.outcomes import outcomes_of, settings_of
from respondents.contacts.pages.boards import contact_page, overview_page
from respondents.contacts.pages.mailings import stop_rows
from respondents.form_pages import FORM_PAGE, FormPage, board_form_page
from respondents.paging import page_of
from survey.waves import find_any_wave

MOST_COUNTED = 5_000  # above this the outcomes of a wave are counted on the dashboard only


@sees_contacts
@require_safe
def overview(request: SignedInRequest, slug: str) -> HttpResponse:
    """Whom to come back to today, and what the outcome of each board is."""
    wave, now = find_any_wave(slug), timezone.now()
    part = page_of(boards_of(wave), request.GET)
    is_small = part.paginator.count <= MOST_COUNTED
    outcomes = outcomes_of(wave, now=now, of=None if is_small else [found.pk for found in part])
    page = overview_page(
        wave,
        part,
        due=follow_ups(wave, until=timezone.localdate(now)),
        outcomes=outcomes if is_small else {},
        of_page=outcomes,
        asked=request.GET,
        person=request.user,
        today=timezone.localdate(now),
    )
    return render(request, "respondents/contacts/overview.html", {"page": page})


@sees_contacts
@require_safe
def board(request: SignedInRequest, slug: str, return_id: UUID) -> HttpResponse:
    """Everything that passed between the team and one board."""
    found, now = find_return(slug, return_id), timezone.now()
    page = contact_page(
        found,
        outcomes_of(found.wave, now=now, of=[found.pk])[found.pk],
        entries=found.contact_entries.select_related("by"),
        decisions=found.outcome_decisions.select_related("by"),
        messages=Message.objects.filter(about=found.pk).defer("text"),
        person=request.user,
        now=now,
    )
    return render(request, "respondents/contacts/board.html", {"page": page})


@keeps_contacts
def entry(request: SignedInRequest, slug: str, return_id: UUID) -> HttpResponse:
    """A contact with a board is noted."""
    found, now = find_return(slug, return_id), timezone.now()
    back = reverse("contacts:board", args=[slug, return_id])
    form = EntryForm(request.POST if request.method == "POST" else None, now=now)
    if form.is_valid():
        note_contact(found, **form.cleaned_data, by=request.user, now=now)
        return see_other(back)
    page = board_form_page(found, title="Add to the contact log", lead="", back_url=back)
    return render(request, FORM_PAGE, {"page": page, "form": form})


@keeps_contacts
def outcome(request: SignedInRequest, slug: str, return_id: UUID) -> HttpResponse:
    """The outcome of a board is decided."""
    found, now = find_return(slug, return_id), timezone.now()
    back = reverse("contacts:board", args=[slug, return_id])
    outcome = outcomes_of(found.wave, now=now, of=[found.pk])[found.pk]
    form = OutcomeForm(request.POST if request.method == "POST" else None, disposition=str(outcome.disposition))
    if form.is_valid():
        decide_outcome(found, **form.cleaned_data, by=request.user, now=now)
        return see_other(back)
    page = board_form_page(found, title="Decide the outcome", lead=outcome.derived_why, back_url=back)
    return render(request, FORM_PAGE, {"page": page, "form": form})


@keeps_contacts
def stops(request: SignedInRequest, slug: str) -> HttpResponse:
    """The stop list; an address or a board is added."""
    wave, now = find_any_wave(slug), timezone.now()
    form = StopForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and carried_out(
        form, lambda: stop(**form.cleaned_data, by=request.user, now=now), field="email"
    ):
        return see_other(reverse("contacts:stops", args=[slug]))
    rows = stop_rows(wave, Stop.objects.in_force().select_related("board", "by").order_by("-pk"), now=now)
    return render(request, "respondents/contacts/stops.html", {"wave": wave, "form": form, "rows": rows})


@keeps_contacts
@require_POST
def lift_stop(request: SignedInRequest, slug: str, stop_id: int) -> HttpResponse:
    """Somebody is taken off the stop list."""
    lift(find_stop(stop_id), by=request.user, now=timezone.now())
    return see_other(reverse("contacts:stops", args=[find_any_wave(slug).slug]))


@keeps_contacts
def settings(request: SignedInRequest, slug: str) -> HttpResponse:
    """The cut-offs and the digest are set."""
    wave = find_any_wave(slug)
    back = reverse("contacts:overview", args=[slug])
    form = SettingsForm(request.POST if request.method == "POST" else None, kept=settings_of(wave))
    if form.is_valid():
        set_contacts(wave, **form.cleaned_data, by=request.user, now=timezone.now())
        return see_other(back)
    page = FormPage("Settings of the contacts", "", back, "Contacts", caption=wave.title, wave=wave)
    return render(request, FORM_PAGE, {"page": page, "form": form})
