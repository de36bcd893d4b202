"""The door of backups, for administrators."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Role
from accounts.requests import SignedInRequest
from accounts.rules import staff
from respondents.backups.pages import backups_page


@staff(Role.ADMINISTRATOR)
@require_safe
def backups(request: SignedInRequest) -> HttpResponse:
    """Whether the database could be had back, and since when that is known."""
    return render(request, "respondents/backups/backups.html", {"page": backups_page(now=timezone.now())})
