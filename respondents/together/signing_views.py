"""Doors of the signature: asked for, taken back, given, refused with a reason."""

from http import HTTPStatus
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts import clock
from accounts.requests import SignedInRequest, see_other
from accounts.rules import signed_in
from respondents.portal.access import find_readable, find_return
from respondents.portal.memory import answers_by_agency
from respondents.portal.pages.answers import check_page
from respondents.returns.submitting import AnswersChanged
from respondents.together.access import last_request, require_signature_asked_for
from respondents.together.pages.people import PART_FORM, form_page
from respondents.together.pages.signing import CHECKED, signing_panel
from respondents.together.signing import ask_for_signature, send_back, sign, take_back
from respondents.together.signing_forms import SignerForm, SignForm
from respondents.whole_forms import ReasonForm


@signed_in
def ask_signature(request: SignedInRequest, return_id: UUID) -> HttpResponse:
    """The chair sends the version they checked to the person who signs."""
    now = clock.now()
    found = find_return(return_id, person=request.user, now=now)
    require_signature_asked_for(found)
    sent = request.POST if request.method == "POST" else None
    checked = request.GET.get(CHECKED, "")
    if sent is None and not checked.isdecimal():
        return see_other(reverse("portal:check", args=[return_id]))
    form = SignerForm(sent, found=found, person=request.user, checked=checked, now=now)
    if form.is_valid():
        name, email = form.cleaned_data["name"], form.cleaned_data["email"]
        outcome = ask_for_signature(found, email=email, name=name, version=form.version, by=request.user, now=now)
        if isinstance(outcome, AnswersChanged):
            return _has_changed(request, return_id)
        return see_other(reverse("portal:tasks", args=[return_id]))
    lead = "They read the same answers as you, and sign or send them back with a reason. You can take it back any time."
    page = form_page(
        found, title="Send for signature", lead=lead, back="portal:check", back_words="Check your answers", now=now
    )
    return render(request, PART_FORM, {"page": page, "form": form})


@signed_in
@require_POST
def take_signature_back(request: SignedInRequest, return_id: UUID) -> HttpResponse:
    """The return waits for no signature any more."""
    now = clock.now()
    found = find_return(return_id, person=request.user, now=now)
    require_signature_asked_for(found)
    take_back(found, by=request.user, now=now)
    return see_other(reverse("portal:tasks", args=[return_id]))


@signed_in
@require_POST
def sign_return(request: SignedInRequest, return_id: UUID) -> HttpResponse:
    """The signer signs what they have read, which submits it."""
    now = clock.now()
    form = SignForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    found = find_readable(return_id, person=request.user, now=now)
    require_signature_asked_for(found)
    outcome = sign(found, person=request.user, version=form.version, now=now)
    if isinstance(outcome, AnswersChanged):
        return _has_changed(request, return_id)
    return see_other(reverse("portal:receipt", args=[return_id, outcome.number]))


@signed_in
def send_return_back(request: SignedInRequest, return_id: UUID) -> HttpResponse:
    """The signer does not sign, and says why."""
    now = clock.now()
    found = find_readable(return_id, person=request.user, now=now)
    require_signature_asked_for(found)
    form = ReasonForm(
        request.POST if request.method == "POST" else None,
        button="Send back to the chair",
        missing="Say why you do not sign",
        help_text="Everyone on this return can read it. Do not name any child.",
        rows=5,
    )
    if form.is_valid():
        send_back(found, person=request.user, **form.cleaned_data, now=now)
        return see_other(reverse("portal:tasks", args=[return_id]))
    lead = "The chair is told, changes what needs changing, and sends the answers for signature again."
    page = form_page(found, title="Send back unsigned", lead=lead, back="portal:check", back_words="Answers", now=now)
    return render(request, PART_FORM, {"page": page, "form": form})


def _has_changed(request: SignedInRequest, return_id: UUID) -> HttpResponse:
    """The answers as they are now, because they are no longer those that were checked."""
    now = clock.now()
    found = find_readable(return_id, person=request.user, now=now)
    submissions, by_agency = found.submissions.order_by("-number"), answers_by_agency(request.session, found)
    page = check_page(
        found, submissions=submissions, person=request.user, now=now, has_changed=True, by_agency=by_agency
    )
    signing = signing_panel(found, last_request(found), person=request.user, now=now)
    context = {"page": page, "signing": signing}
    return render(request, "respondents/check.html", context, status=HTTPStatus.CONFLICT)
