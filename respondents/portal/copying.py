"""Doors to start a return from the answers of another: what would be copied, and the copying."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts import clock
from accounts.requests import see_other
from accounts.rules import signed_in
from respondents.portal.access import find_return, find_source
from respondents.portal.doors import person_of
from respondents.portal.pages.copying import copy_page
from respondents.returns.copying import copy_answers


@signed_in
@require_safe
def copy_from(request: HttpRequest, return_id: UUID, source_id: UUID) -> HttpResponse:
    """What would be copied, before anything is."""
    now, person = clock.now(), person_of(request)
    found = find_return(return_id, person=person, now=now)
    source = find_source(found, source_id, person=person, now=now)
    return render(request, "respondents/copy.html", {"page": copy_page(found, source, person=person, now=now)})


@signed_in
@require_POST
def copy_now(request: HttpRequest, return_id: UUID, source_id: UUID) -> HttpResponse:
    """The answers are copied; each stays marked until somebody has looked at it."""
    now, person = clock.now(), person_of(request)
    found = find_return(return_id, person=person, now=now)
    copy_answers(find_source(found, source_id, person=person, now=now), into=found, person=person, now=now)
    return see_other(reverse("portal:tasks", args=[found.pk]))
