"""Doors of succession: the chair passes a return on, or staff record who chairs a board now."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.forms_served import carried_out
from accounts.models import Role
from accounts.requests import SignedInRequest, see_other
from accounts.rules import signed_in, staff
from respondents.form_pages import FORM_PAGE
from respondents.helping.pages.forms import board_url
from respondents.portal.access import find_return
from respondents.together.access import find_return_in
from respondents.together.next_chair_forms import ChairsForm, NextChairForm, StaffNextChairForm
from respondents.together.pages.people import PART_FORM, form_page
from respondents.together.pages.succession import chairs_page, staff_form_page
from respondents.together.succession import transfer_return
from survey.waves import find_opened_wave


@signed_in
def succession(request: SignedInRequest, return_id: UUID) -> HttpResponse:
    """The chair passes the return on to the next chair."""
    now = timezone.now()
    found = find_return(return_id, person=request.user, now=now)
    form = NextChairForm(request.POST if request.method == "POST" else None, found=found, now=now)
    if form.is_valid() and carried_out(
        form, lambda: transfer_return(found, outgoing=request.user, **form.cleaned_data, by=request.user, now=now)
    ):
        return see_other(reverse("portal:returns"))
    lead = (
        f"The new chair of {found.board} takes over the return as it stands, with everything written so far. "
        "You cannot open it any more once you have passed it on."
    )
    page = form_page(found, title="Pass the return on", lead=lead, back="together:people", back_words="People", now=now)
    return render(request, PART_FORM, {"page": page, "form": form})


@staff(Role.RESEARCHER)
@require_safe
def chairs(request: SignedInRequest, slug: str) -> HttpResponse:
    """Every board of the wave and who chairs it today."""
    wave, now = find_opened_wave(slug), timezone.now()
    form = ChairsForm(request.GET)
    page = chairs_page(wave, name=form.name_wanted, now=now)
    return render(request, "respondents/together/chairs.html", {"page": page, "form": form})


@staff(Role.RESEARCHER, step_up=True)
def replace_chair(request: SignedInRequest, slug: str, return_id: UUID) -> HttpResponse:
    """Staff record that somebody else chairs a board from today."""
    found, now = find_return_in(find_opened_wave(slug), return_id), timezone.now()
    form = StaffNextChairForm(request.POST if request.method == "POST" else None, found=found, now=now)
    if form.is_valid() and carried_out(form, lambda: transfer_return(found, **form.transfer, by=request.user, now=now)):
        return see_other(board_url(found))
    return render(request, FORM_PAGE, {"page": staff_form_page(found), "form": form})
