"""Doors of what is sent to many: the wordings, the plan, the messages and their fates."""

from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.forms_served import carried_out
from accounts.outbox.fates import try_again
from accounts.requests import SignedInRequest, see_other
from respondents.contacts.access import find_kind, find_mailing, find_message, keeps_contacts, sees_contacts
from respondents.contacts.audience import Audience, audience_of
from respondents.contacts.finding import boards_of, messages_of
from respondents.contacts.forms import BoardChoiceForm, MailingForm, MessagesForm, TestForm, WordingForm
from respondents.contacts.models import MailingKind, MailingState, TemplateVersion
from respondents.contacts.pages.mailings import (
    mailing_page,
    plan_page,
    preview_page,
    template_page,
    template_rows,
)
from respondents.contacts.pages.messages import message_page, messages_page
from respondents.contacts.planning import cancel, move, plan_default, plan_mailing, send_now
from respondents.contacts.templates import reword, wording_of, wordings_of
from respondents.contacts.testing import letter_to, send_test
from respondents.form_pages import FORM_PAGE, FormPage
from survey.waves import find_any_wave


@sees_contacts
@require_safe
def templates(request: SignedInRequest, slug: str) -> HttpResponse:
    """Every kind of message and its words."""
    wave = find_any_wave(slug)
    versions = TemplateVersion.objects.filter(wave=wave).select_related("written_by").order_by("pk")
    subjects = {kind: wording.subject for kind, wording in wordings_of(wave).items()}
    context = {"wave": wave, "rows": template_rows(wave, versions, subjects)}
    return render(request, "respondents/contacts/templates.html", context)


@keeps_contacts
def template(request: SignedInRequest, slug: str, kind: str) -> HttpResponse:
    """The words of one kind of message are changed."""
    wave, which, now = find_any_wave(slug), find_kind(kind), timezone.now()
    form = WordingForm(request.POST if request.method == "POST" else None, kind=which, wording=wording_of(wave, which))
    if form.is_valid():
        reword(wave, which, form.wording, by=request.user, now=now)
        return see_other(reverse("contacts:preview", args=[slug, kind]))
    versions = TemplateVersion.objects.filter(wave=wave, kind=which).select_related("written_by").order_by("-pk")
    page = template_page(wave, which, versions, now=now)
    return render(request, "respondents/contacts/template.html", {"page": page, "form": form})


@keeps_contacts
@require_safe
def preview(request: SignedInRequest, slug: str, kind: str) -> HttpResponse:
    """A message as one board would get it."""
    wave, which = find_any_wave(slug), find_kind(kind)
    form = BoardChoiceForm(request.GET or None, returns=boards_of(wave))
    chosen = form.cleaned_data["board"] if form.is_valid() else None
    found = chosen or boards_of(wave).first()
    letter = letter_to(found, which, wording_of(wave, which), now=timezone.now()) if found else None
    page = preview_page(wave, which, letter, board=str(found.board) if found else "")
    return render(request, "respondents/contacts/preview.html", {"page": page, "form": form, "test_form": TestForm()})


@keeps_contacts
@require_POST
def test(request: SignedInRequest, slug: str, kind: str) -> HttpResponse:
    """A message is sent to whoever asks, as a test."""
    wave, which = find_any_wave(slug), find_kind(kind)
    form, found = TestForm(request.POST), boards_of(wave).first()
    if not form.is_valid() or found is None:
        raise BadRequest
    wording = wording_of(wave, which)
    send_test(found, which, wording, key=form.cleaned_data["key"], to=request.user, now=timezone.now())
    return see_other(reverse("contacts:messages", args=[slug]) + "?kind=test")


@sees_contacts
@require_safe
def plan(request: SignedInRequest, slug: str) -> HttpResponse:
    """What is sent to many, and when."""
    wave = find_any_wave(slug)
    page = plan_page(wave, wave.mailings.order_by("due_at", "pk"), person=request.user)
    return render(request, "respondents/contacts/plan.html", {"page": page})


@keeps_contacts
@require_POST
def usual(request: SignedInRequest, slug: str) -> HttpResponse:
    """The usual reminders are planned."""
    plan_default(find_any_wave(slug), by=request.user, now=timezone.now())
    return see_other(reverse("contacts:plan", args=[slug]))


@keeps_contacts
def new_mailing(request: SignedInRequest, slug: str) -> HttpResponse:
    """A mailing is planned."""
    wave, back = find_any_wave(slug), reverse("contacts:plan", args=[slug])
    form = MailingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        kind = MailingKind(form.cleaned_data["kind"])
        due_at, now = form.cleaned_data["due_at"], timezone.now()
        if carried_out(form, lambda: plan_mailing(wave, kind, due_at, by=request.user, now=now), field="due_at"):
            return see_other(back)
    page = FormPage("Plan a mailing", "", back, "Plan", caption=wave.title, wave=wave)
    return render(request, FORM_PAGE, {"page": page, "form": form})


@sees_contacts
@require_safe
def mailing(request: SignedInRequest, slug: str, mailing_id: UUID) -> HttpResponse:
    """One mailing: to whom it goes, and who is left out and why."""
    found = find_mailing(slug, mailing_id)
    returns = list(boards_of(found.wave)) if found.state in (MailingState.PLANNED, MailingState.FAILED) else []
    audience = audience_of(found.wave, MailingKind(found.kind), returns, now=timezone.now()) if returns else Audience()
    page = mailing_page(found, audience, person=request.user)
    return render(request, "respondents/contacts/mailing.html", {"page": page, "is_ahead": bool(returns)})


@keeps_contacts
def move_mailing(request: SignedInRequest, slug: str, mailing_id: UUID) -> HttpResponse:
    """A mailing is moved to another time."""
    found = find_mailing(slug, mailing_id)
    back = reverse("contacts:mailing", args=[slug, mailing_id])
    form = MailingForm(request.POST if request.method == "POST" else None, mailing=found)
    if form.is_valid() and carried_out(
        form, lambda: move(found, form.cleaned_data["due_at"], by=request.user, now=timezone.now()), field="due_at"
    ):
        return see_other(back)
    called = str(MailingKind(found.kind).label)
    page = FormPage("Move the mailing", "", back, called, caption=called, wave=found.wave)
    return render(request, FORM_PAGE, {"page": page, "form": form})


@keeps_contacts
@require_POST
def cancel_mailing(request: SignedInRequest, slug: str, mailing_id: UUID) -> HttpResponse:
    """A mailing is cancelled."""
    cancel(find_mailing(slug, mailing_id), by=request.user, now=timezone.now())
    return see_other(reverse("contacts:plan", args=[slug]))


@keeps_contacts
@require_POST
def send_mailing(request: SignedInRequest, slug: str, mailing_id: UUID) -> HttpResponse:
    """A mailing is sent at once."""
    send_now(find_mailing(slug, mailing_id), by=request.user, now=timezone.now())
    return see_other(reverse("contacts:mailing", args=[slug, mailing_id]))


@sees_contacts
@require_safe
def messages(request: SignedInRequest, slug: str) -> HttpResponse:
    """Every message of the wave and what became of it."""
    wave, now = find_any_wave(slug), timezone.now()
    form = MessagesForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    page = messages_page(wave, messages_of(wave, wanted), asked=request.GET, now=now)
    return render(request, "respondents/contacts/messages.html", {"page": page, "form": form})


@sees_contacts
@require_safe
def message(request: SignedInRequest, slug: str, message_id: UUID) -> HttpResponse:
    """One message."""
    page = message_page(find_any_wave(slug), find_message(slug, message_id), person=request.user, now=timezone.now())
    return render(request, "respondents/contacts/message.html", {"page": page})


@keeps_contacts
@require_POST
def again(request: SignedInRequest, slug: str, message_id: UUID) -> HttpResponse:
    """A message that did not arrive is tried again."""
    try_again(find_message(slug, message_id), by=request.user, now=timezone.now())
    return see_other(reverse("contacts:message", args=[slug, message_id]))
