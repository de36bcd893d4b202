"""Doors of the questionnaires: find, bind, call one service, show."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Role
from accounts.requests import SignedInRequest
from accounts.rules import staff
from survey.models import QuestionnaireVersion

writes_questionnaires = staff(Role.RESEARCHER)


@writes_questionnaires
@require_safe
def versions(request: SignedInRequest) -> HttpResponse:
    """Every published version."""
    rows = QuestionnaireVersion.objects.defer("document").order_by("code", "-version")
    return render(request, "survey/authoring/versions.html", {"versions": rows})
