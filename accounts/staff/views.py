"""Doors of the pages about staff, for administrators: find, bind, call one service, show."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import STAFF, Role, User
from accounts.requests import SignedInRequest, see_other
from accounts.rules import staff
from accounts.second.setting_up import has_second
from accounts.staff.deciding_pages import waiting_rows
from accounts.staff.forms import AddStaffForm, FindStaffForm, RoleForm
from accounts.staff.granting import ask_for_new, ask_for_role
from accounts.staff.managing import deactivate, reactivate, reset_second
from accounts.staff.models import RoleRequest
from accounts.staff.pages import confirm_page, staff_page, staff_rows

looks_after_people = staff(Role.ADMINISTRATOR)
changes_people = staff(Role.ADMINISTRATOR, step_up=True)
shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


class Change(Protocol):
    """A service that changes one member of staff."""

    def __call__(self, person: User, *, by: User, now: datetime) -> None: ...


@looks_after_people
@require_safe
def people(request: SignedInRequest) -> HttpResponse:
    """Everybody who works for the survey."""
    form = FindStaffForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = _staff().filter(Q(name__icontains=wanted.get("q", "")) | Q(email__icontains=wanted.get("q", "")))
    if not wanted.get("gone"):
        found = found.filter(is_active=True)
    waiting = waiting_rows(RoleRequest.objects.waiting().select_related("asked_by").order_by("asked_at"))
    rows = staff_rows(found.order_by("name", "email"))
    return render(request, "account/staff/people.html", {"rows": rows, "form": form, "waiting": waiting})


@looks_after_people
@require_safe
def person(request: SignedInRequest, person_id: int) -> HttpResponse:
    """One member of staff."""
    found = get_object_or_404(_staff(), pk=person_id)
    page = staff_page(found, has_second=has_second(found))
    return render(request, "account/staff/person.html", {"page": page})


@changes_people
@shown_or_sent
def add(request: SignedInRequest) -> HttpResponse:
    """Somebody new."""
    form = AddStaffForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            asked = ask_for_new(**form.cleaned_data, by=request.user, now=timezone.now())
        except ValidationError as error:
            form.add_error("email", error)
        else:
            return _asked(request, asked)
    return render(request, "account/staff/add.html", {"form": form})


@changes_people
@shown_or_sent
def role(request: SignedInRequest, person_id: int) -> HttpResponse:
    """Another role."""
    found = get_object_or_404(_staff(), pk=person_id)
    form = RoleForm(request.POST if request.method == "POST" else None, initial={"role": found.role})
    if form.is_valid():
        asked = ask_for_role(found, role=form.cleaned_data["role"], by=request.user, now=timezone.now())
        return _asked(request, asked) if asked else _back_to(found)
    back = reverse("people:person", args=[found.pk])
    return render(request, "account/staff/role.html", {"form": form, "person": found, "back": back})


def _confirmed(verb: str, change: Change, said: str) -> Callable[[SignedInRequest, int], HttpResponse]:
    """A page that asks first, then makes this change."""

    @changes_people
    @shown_or_sent
    def view(request: SignedInRequest, person_id: int) -> HttpResponse:
        found = get_object_or_404(_staff(), pk=person_id)
        if request.method == "POST":
            change(found, by=request.user, now=timezone.now())
            messages.success(request, said.format(found))
            return _back_to(found)
        return render(request, "account/staff/confirm.html", {"page": confirm_page(verb, found)})

    return view


shut_out = _confirmed("deactivate", deactivate, "{} can no longer sign in.")
let_in = _confirmed("reactivate", reactivate, "{} can sign in again.")
reset = _confirmed("reset", reset_second, "{} sets up a new second step at the next sign-in.")


def _staff() -> QuerySet[User]:
    return User.objects.filter(role__in=STAFF)


def _asked(request: SignedInRequest, asked: RoleRequest) -> HttpResponse:
    messages.success(request, f"Asked. {asked} has this role once another administrator has approved it.")
    return see_other(reverse("people:request", args=[asked.pk]))


def _back_to(found: User) -> HttpResponse:
    return see_other(reverse("people:person", args=[found.pk]))
