"""Doors that change the register, one row at a time: find, bind, call one service, show."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.forms_served import carried_out
from accounts.requests import SignedInRequest, see_other
from respondents.form_pages import FORM_PAGE, FormPage
from respondents.register.access import (
    find_appointment,
    find_authority,
    find_board,
    find_chair,
    keeps_register,
    takes_register,
)
from respondents.register.appointing import appoint, correct_appointment, end_appointment
from respondents.register.editing import add_authority, add_board, change_authority, change_board, change_person
from respondents.register.forms.appointing import AppointForm, ChangePersonForm, CorrectForm, EndAppointmentForm
from respondents.register.forms.lasting import AuthorityForm, BoardForm, NewAuthorityForm, NewBoardForm
from respondents.register.forms.succeeding import SuccessionForm
from respondents.register.pages.one import authority_form_page, board_form_page
from respondents.register.succeeding import succeed

shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])
WHOLE = "Waves that are open keep the frame they have; later ones are taken from the register as it is then."


def _served(
    request: SignedInRequest, form: forms.Form, page: FormPage, *, act: Callable[[], object], told: str, url: str = ""
) -> HttpResponse:
    """The form until it is sent and nothing is wrong with it; then the page it came from, with what was done."""
    if form.is_valid() and carried_out(form, act):
        messages.success(request, told)
        return see_other(url or page.back_url)
    return render(request, FORM_PAGE, {"page": page, "form": form})


@keeps_register
@shown_or_sent
def new_board(request: SignedInRequest) -> HttpResponse:
    """A board is added."""
    form = NewBoardForm(request.POST if request.method == "POST" else None)
    page = FormPage("Add a board", WHOLE, reverse("register:boards"), "Register")
    now = timezone.now()
    return _served(
        request,
        form,
        page,
        act=lambda: add_board(
            form.cleaned_data["slug"],
            fields=form.values,
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=now,
        ),
        told="The board was added.",
    )


@keeps_register
@shown_or_sent
def edit_board(request: SignedInRequest, slug: str) -> HttpResponse:
    """A board is corrected or ended."""
    found, now = find_board(slug), timezone.now()
    form = BoardForm(request.POST if request.method == "POST" else None, board=found)
    page = board_form_page(found, f"Change {found.area_name}", WHOLE)
    return _served(
        request,
        form,
        page,
        act=lambda: change_board(
            found, fields=form.values, reason=form.cleaned_data["reason"], by=request.user, now=now
        ),
        told="The board was saved.",
    )


@keeps_register
@shown_or_sent
def new_authority(request: SignedInRequest) -> HttpResponse:
    """An authority is added."""
    form, now = NewAuthorityForm(request.POST if request.method == "POST" else None), timezone.now()
    lead = "No board covers it until you say so on the board’s page."
    page = FormPage("Add an authority", lead, reverse("register:authorities"), "Authorities")
    return _served(
        request,
        form,
        page,
        act=lambda: add_authority(
            form.cleaned_data["gss_code"],
            fields=form.values,
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=now,
        ),
        told="The authority was added.",
    )


@keeps_register
@shown_or_sent
def edit_authority(request: SignedInRequest, code: str) -> HttpResponse:
    """An authority is corrected."""
    found, now = find_authority(code), timezone.now()
    form = AuthorityForm(request.POST if request.method == "POST" else None, authority=found)
    page = authority_form_page(found, f"Change {found.name}", WHOLE)
    return _served(
        request,
        form,
        page,
        act=lambda: change_authority(
            found, fields=form.values, reason=form.cleaned_data["reason"], by=request.user, now=now
        ),
        told="The authority was saved.",
    )


@keeps_register
@shown_or_sent
def succession(request: SignedInRequest, code: str) -> HttpResponse:
    """Authorities merge, split or are renewed."""
    found, now = find_authority(code), timezone.now()
    form = SuccessionForm(
        request.POST if request.method == "POST" else None, authority=found, today=timezone.localdate(now)
    )
    lead = (
        "The authorities that end are covered by no board from that day; the board you choose covers those that "
        "follow. A board that covered nothing else ends too."
    )
    page = authority_form_page(found, "Merge, split or renew", lead)
    return _served(
        request,
        form,
        page,
        act=lambda: succeed(
            form.cleaned_data["predecessors"],
            form.cleaned_data["successors"],
            on_date=form.cleaned_data["on_date"],
            board=form.cleaned_data["board"],
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=now,
        ),
        told="The succession was recorded.",
    )


@takes_register
@shown_or_sent
def appoint_chair(request: SignedInRequest, slug: str) -> HttpResponse:
    """Somebody is appointed to chair a board."""
    found, now = find_board(slug), timezone.now()
    form = AppointForm(request.POST if request.method == "POST" else None, today=timezone.localdate(now))
    lead = "From their first day they can sign in with this address and open the board’s return."
    page = board_form_page(found, f"Appoint a chair of {found.area_name}", lead)
    return _served(
        request,
        form,
        page,
        act=lambda: appoint(found, **form.cleaned_data, by=request.user, now=now),
        told="The chair was appointed.",
    )


@takes_register
@shown_or_sent
def end(request: SignedInRequest, appointment_id: int) -> HttpResponse:
    """An appointment ends."""
    found, now = find_appointment(appointment_id), timezone.now()
    data = request.POST if request.method == "POST" else None
    form = EndAppointmentForm(data, appointment=found, today=timezone.localdate(now))
    lead = "They are told by email, and cannot open the board’s return after their last day. What they wrote stays."
    page = board_form_page(found.board, f"End the appointment of {found.person}", lead)
    return _served(
        request,
        form,
        page,
        act=lambda: end_appointment(found, **form.cleaned_data, by=request.user, now=now),
        told="The appointment was ended.",
    )


@takes_register
@shown_or_sent
def correct(request: SignedInRequest, appointment_id: int) -> HttpResponse:
    """An appointment is corrected."""
    found, now = find_appointment(appointment_id), timezone.now()
    form = CorrectForm(request.POST if request.method == "POST" else None, appointment=found)
    page = board_form_page(found.board, f"Correct the appointment of {found.person}", "What stood there is kept.")
    return _served(
        request,
        form,
        page,
        act=lambda: correct_appointment(found, **form.cleaned_data, by=request.user, now=now),
        told="The appointment was corrected.",
    )


@takes_register
@shown_or_sent
def edit_person(request: SignedInRequest, person_id: int) -> HttpResponse:
    """A chair's name or address is corrected."""
    found, now = find_chair(person_id), timezone.now()
    data = request.POST if request.method == "POST" else None
    form = ChangePersonForm(data, initial={"name": found.name, "email": found.email})
    last = found.appointments.select_related("board").order_by("-from_date")[0]
    lead = "They sign in with this address. It holds for every board that they chair."
    page = board_form_page(last.board, f"Change {found}", lead)
    return _served(
        request,
        form,
        page,
        act=lambda: change_person(found, **form.cleaned_data, by=request.user, now=now),
        told="Name and address were saved.",
    )
