"""Doors of roles that wait for approval, for administrators."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Role
from accounts.requests import SignedInRequest, see_other
from accounts.rules import staff
from accounts.staff.deciding_pages import request_page
from accounts.staff.granting import approve, end
from accounts.staff.models import RoleRequest

changes_people = staff(Role.ADMINISTRATOR, step_up=True)


@staff(Role.ADMINISTRATOR)
@require_safe
def request_for_role(request: SignedInRequest, request_id: int) -> HttpResponse:
    """One request, with who asked."""
    found = get_object_or_404(RoleRequest.objects.select_related("asked_by", "decided_by"), pk=request_id)
    return render(request, "account/staff/request.html", {"page": request_page(found, seen_by=request.user)})


@changes_people
@require_POST
def approval(request: SignedInRequest, request_id: int) -> HttpResponse:
    """The role is given."""
    person = approve(get_object_or_404(RoleRequest, pk=request_id), by=request.user, now=timezone.now())
    messages.success(request, f"{person} now has the role {person.get_role_display().lower()}.")
    return see_other(reverse("people:person", args=[person.pk]))


@changes_people
@require_POST
def ending(request: SignedInRequest, request_id: int) -> HttpResponse:
    """The role is not given."""
    end(get_object_or_404(RoleRequest, pk=request_id), by=request.user, now=timezone.now())
    messages.success(request, "The request has ended. Nobody’s role was changed.")
    return see_other(reverse("people:people"))
