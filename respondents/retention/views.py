"""Doors to what is forgotten, for administrators."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit.models import AuditEntry
from accounts.models import Role, User
from accounts.requests import SignedInRequest, see_other
from accounts.rules import staff
from respondents.contacts.letters import service_name
from respondents.copies.files import PDF, attachment
from respondents.copies.press import printed
from respondents.retention.applying import due_now
from respondents.retention.erasing import erase_person, is_erased, why_needed
from respondents.retention.forms import ErasePersonForm, FindPersonForm
from respondents.retention.pages import CERTIFIED, certificate_of, retention_page

SHOWN = 60  # two months of nights
shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


@staff(Role.ADMINISTRATOR)
@shown_or_sent
def page(request: SignedInRequest) -> HttpResponse:
    """What is kept how long and what was forgotten; a respondent is found by their whole address."""
    form = FindPersonForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and form.found:
        return see_other(reverse("retention:erase", args=[form.found.pk]))
    shown = retention_page(due_now(now=timezone.now()), _certified().order_by("-number")[:SHOWN])
    return render(request, "respondents/retention/page.html", {"page": shown, "form": form})


@staff(Role.ADMINISTRATOR, step_up=True)
@shown_or_sent
def erase(request: SignedInRequest, person_id: int) -> HttpResponse:
    """Asks first, then erases one person before their time."""
    person = get_object_or_404(User, pk=person_id, role=Role.RESPONDENT)
    form, now = ErasePersonForm(request.POST if request.method == "POST" else None), timezone.now()
    if form.is_valid():
        entry = erase_person(person, reference=form.cleaned_data["reference"], by=request.user, now=now)
        return see_other(reverse("retention:certificate", args=[entry.number]))
    shown = {"person": person, "form": form, "needed": why_needed(person, now=now), "is_erased": is_erased(person)}
    return render(request, "respondents/retention/erase.html", shown)


@staff(Role.ADMINISTRATOR)
@require_safe
def certificate(request: SignedInRequest, number: int) -> HttpResponse:
    """That something was forgotten, on one page."""
    shown = certificate_of(get_object_or_404(_certified(), number=number), service=service_name())
    return render(request, "respondents/retention/certificate.html", {"page": shown})


@staff(Role.ADMINISTRATOR)
@require_safe
def certificate_file(request: SignedInRequest, number: int) -> HttpResponse:
    """The same as PDF."""
    shown = certificate_of(get_object_or_404(_certified(), number=number), service=service_name())
    made = printed("respondents/retention/certificate_printed.html", shown)
    return attachment(made, name=f"certificate of erasure {number}", kind=PDF)


def _certified() -> "QuerySet[AuditEntry]":
    return AuditEntry.objects.filter(act__in=CERTIFIED).select_related("person")
