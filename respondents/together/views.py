"""Doors of working together on a return: find, bind, call one service, show."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest, see_other
from accounts.rules import signed_in
from respondents.portal.access import find_return, find_section, find_shared
from respondents.returns.models import Return
from respondents.together.access import find_contribution
from respondents.together.forms import (
    CommentForm,
    ConsultationForm,
    InviteForm,
    SectionsForm,
)
from respondents.together.inviting import change_sections, enough_colleagues, invite, remove
from respondents.together.models import Consultation
from respondents.together.overview import overview_of
from respondents.together.pages.history import history_page
from respondents.together.pages.people import PART_FORM, form_page, people_page
from respondents.together.pages.section import section_page
from respondents.together.sections import hand_back, record_consultation, write_comment
from survey.schema.document import Section


@signed_in
@require_safe
def people(request: SignedInRequest, return_id: UUID) -> HttpResponse:
    """Everybody who works on the return."""
    now = timezone.now()
    found = find_return(return_id, person=request.user, now=now)
    contributions = found.contributions.select_related("person", "invited_by", "removed_by").order_by("pk")
    page = people_page(found, contributions, person=request.user, now=now)
    return render(request, "respondents/together/people.html", {"page": page})


@signed_in
def invite_colleague(request: SignedInRequest, return_id: UUID) -> HttpResponse:
    """Asks somebody to answer sections."""
    now = timezone.now()
    found = find_return(return_id, person=request.user, now=now)
    sent = request.POST if request.method == "POST" else None
    form = InviteForm(sent, found=found, enough=enough_colleagues(found, now=now), now=now)
    if form.is_valid():
        invite(found, **form.cleaned_data, by=request.user, now=now)
        return see_other(reverse("together:people", args=[return_id]))
    lead = "They get an email, sign in with a code, and see the sections you choose."
    page = form_page(found, title="Invite a colleague", lead=lead, back="together:people", back_words="People", now=now)
    return render(request, PART_FORM, {"page": page, "form": form})


@signed_in
def change(request: SignedInRequest, return_id: UUID, contribution_id: int) -> HttpResponse:
    """Asks somebody for other sections from now on."""
    now = timezone.now()
    found = find_return(return_id, person=request.user, now=now)
    contribution = find_contribution(found, contribution_id)
    sent = request.POST if request.method == "POST" else None
    form = SectionsForm(sent, found=found, asked=contribution.sections)
    if form.is_valid():
        change_sections(contribution, **form.cleaned_data, by=request.user, now=now)
        return see_other(reverse("together:people", args=[return_id]))
    title = f"Sections for {contribution.person}"
    lead = "What you choose holds from the next page they open."
    page = form_page(found, title=title, lead=lead, back="together:people", back_words="People", now=now)
    return render(request, PART_FORM, {"page": page, "form": form})


@signed_in
@require_POST
def remove_person(request: SignedInRequest, return_id: UUID, contribution_id: int) -> HttpResponse:
    """Ends somebody's work on the return; what they wrote stays."""
    now = timezone.now()
    found = find_return(return_id, person=request.user, now=now)
    remove(find_contribution(found, contribution_id), by=request.user, now=now)
    return see_other(reverse("together:people", args=[return_id]))


@signed_in
@require_safe
def section(request: SignedInRequest, return_id: UUID, section_code: str) -> HttpResponse:
    """One section: how far it is, comments, and who was consulted."""
    found = find_shared(return_id, person=request.user, now=timezone.now())
    return _show_section(request, found, find_section(found, section_code))


@signed_in
@require_POST
def comment(request: SignedInRequest, return_id: UUID, section_code: str) -> HttpResponse:
    """A comment is added to the section."""
    now = timezone.now()
    found = find_shared(return_id, person=request.user, now=now)
    about = find_section(found, section_code)
    form = CommentForm(request.POST, action=reverse("together:comment", args=[return_id, section_code]))
    if not form.is_valid():
        return _show_section(request, found, about, comment_form=form)
    write_comment(found, section=about.code, **form.cleaned_data, by=request.user, now=now)
    return see_other(reverse("together:section", args=[return_id, section_code]))


@signed_in
@require_POST
def ready(request: SignedInRequest, return_id: UUID, section_code: str) -> HttpResponse:
    """The section is handed back as ready."""
    return _hand_back(request, return_id, section_code, is_ready=True)


@signed_in
@require_POST
def not_ready(request: SignedInRequest, return_id: UUID, section_code: str) -> HttpResponse:
    """The section is not ready after all."""
    return _hand_back(request, return_id, section_code, is_ready=False)


@signed_in
@require_POST
def consulted(request: SignedInRequest, return_id: UUID, section_code: str) -> HttpResponse:
    """The chair records who was consulted on the section."""
    now = timezone.now()
    found = find_return(return_id, person=request.user, now=now)
    about = find_section(found, section_code)
    form = ConsultationForm(request.POST, action=reverse("together:consulted", args=[return_id, section_code]))
    if not form.is_valid():
        return _show_section(request, found, about, consultation_form=form)
    record_consultation(found, section=about.code, **form.cleaned_data, by=request.user, now=now)
    return see_other(reverse("together:section", args=[return_id, section_code]))


@signed_in
@require_safe
def history(request: SignedInRequest, return_id: UUID) -> HttpResponse:
    """Who wrote what, and what stood there before."""
    now = timezone.now()
    found = find_shared(return_id, person=request.user, now=now)
    saves = found.saves.select_related("made_by").order_by("version")
    page = history_page(found, saves, person=request.user, now=now)
    return render(request, "respondents/together/history.html", {"page": page})


def _hand_back(request: SignedInRequest, return_id: UUID, section_code: str, *, is_ready: bool) -> HttpResponse:
    now = timezone.now()
    found = find_shared(return_id, person=request.user, now=now)
    about = find_section(found, section_code, to_answer=True)
    hand_back(found, section=about.code, is_ready=is_ready, by=request.user, now=now)
    return see_other(reverse("portal:tasks", args=[return_id]))


def _show_section(
    request: SignedInRequest,
    found: Return,
    about: Section,
    *,
    comment_form: CommentForm | None = None,
    consultation_form: ConsultationForm | None = None,
) -> HttpResponse:
    """The section's page; a form that came back wrong stands as it was sent."""
    now = timezone.now()
    comments = found.comments.filter(section=about.code).select_related("written_by").order_by("pk")
    last = found.consultations.filter(section=about.code).select_related("recorded_by").order_by("pk").last()
    page = section_page(
        found,
        about,
        overview=overview_of(found),
        comments=comments,
        consultation=last,
        person=request.user,
        now=now,
    )
    forms = {
        "form": comment_form or consultation_form,
        "comment_form": comment_form or CommentForm(action=reverse("together:comment", args=[found.pk, about.code])),
        "consultation_form": consultation_form or _consultation_form(found, about, last),
    }
    return render(request, "respondents/together/section.html", {"page": page, **forms})


def _consultation_form(found: Return, about: Section, last: Consultation | None) -> ConsultationForm:
    stands = {"consulted": last.consulted, "who_else": last.who_else} if last else {}
    return ConsultationForm(action=reverse("together:consulted", args=[found.pk, about.code]), initial=stands)
