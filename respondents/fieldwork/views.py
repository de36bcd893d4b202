"""Doors of a wave's life: find, bind, call one service, show."""

from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.forms_served import carried_out
from accounts.requests import SignedInRequest, see_other
from respondents.fieldwork.access import runs_waves
from respondents.fieldwork.changing import close_wave, extend_wave
from respondents.fieldwork.deleting import delete_wave
from respondents.fieldwork.drafting import (
    check_frame,
    choose_questionnaire,
    decide_signature,
    hold_approvals,
    note_test,
    override_approval,
    set_dates,
    start_draft,
)
from respondents.fieldwork.forms import approving, changing, preparing
from respondents.fieldwork.models import Approval
from respondents.fieldwork.opening import open_draft
from respondents.fieldwork.pages.frame import frame_page
from respondents.fieldwork.pages.steps import (
    StepPage,
    approvals_page,
    close_page,
    dates_page,
    extend_page,
    opening_page,
    step_page,
)
from respondents.fieldwork.pages.tasks import tasks_page
from respondents.fieldwork.refusals import NotReady
from respondents.fieldwork.steps import life_of
from respondents.whole_forms import ReasonForm
from survey.models import Wave
from survey.waves import find_any_wave


@runs_waves
def new(request: SignedInRequest) -> HttpResponse:
    """A wave is started as a draft."""
    form = preparing.StartForm(_sent(request))
    if form.is_valid():
        try:
            wave = start_draft(**form.cleaned_data, by=request.user, now=timezone.now())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _on(wave)
    return render(request, "respondents/fieldwork/new.html", {"form": form})


@runs_waves
@require_safe
def tasks(request: SignedInRequest, slug: str) -> HttpResponse:
    """Every step of a wave's life, and how far it is."""
    page = tasks_page(life_of(find_any_wave(slug), now=timezone.now()))
    return render(request, "respondents/fieldwork/tasks.html", {"page": page})


@runs_waves
def questionnaire(request: SignedInRequest, slug: str) -> HttpResponse:
    """Which published version the wave asks."""
    wave = find_any_wave(slug)
    form = preparing.QuestionnaireForm(_sent(request), wave=wave)
    if form.is_valid():
        choose_questionnaire(wave, **form.cleaned_data, by=request.user, now=timezone.now())
        return _on(wave)
    lead = "A published version never changes. Import or publish one among the questionnaires if yours is not here."
    links = (("Go to the questionnaires", reverse("authoring:versions")),)
    return _show(request, step_page(wave, "Questionnaire", lead, links=links), form)


@runs_waves
def frame(request: SignedInRequest, slug: str) -> HttpResponse:
    """Who is asked, as the register has them now."""
    wave, now = find_any_wave(slug), timezone.now()
    life = life_of(wave, now=now)
    form = preparing.FrameForm(_sent(request), wave=wave, chosen=life.preparation.boards)
    if form.is_valid():
        check_frame(wave, boards=form.cleaned_data.get("boards", ()), by=request.user, now=now)
        return _on(wave)
    page = frame_page(wave, now=now)
    return render(request, "respondents/fieldwork/frame.html", {"page": page, "form": form})


@runs_waves
def dates(request: SignedInRequest, slug: str) -> HttpResponse:
    """When the wave opens and closes."""
    wave, now = find_any_wave(slug), timezone.now()
    form = preparing.DatesForm(_sent(request), wave=wave, now=now)
    if form.is_valid():
        set_dates(wave, **form.cleaned_data, by=request.user, now=now)
        return _on(wave)
    return _show(request, dates_page(life_of(wave, now=now)), form)


@runs_waves
def signature(request: SignedInRequest, slug: str) -> HttpResponse:
    """Whether a second person signs each return."""
    wave, now = find_any_wave(slug), timezone.now()
    is_decided = life_of(wave, now=now).preparation.signature_set_at is not None
    form = preparing.SignatureForm(_sent(request), wave=wave, is_decided=is_decided)
    if form.is_valid():
        decide_signature(wave, **form.cleaned_data, by=request.user, now=now)
        return _on(wave)
    lead = "A signer reads the whole return and signs it before it counts, such as the Director of Children’s Services."
    return _show(request, step_page(wave, "Signature", lead), form)


@runs_waves
def approvals(request: SignedInRequest, slug: str) -> HttpResponse:
    """References, dates and names of the approvals."""
    wave, now = find_any_wave(slug), timezone.now()
    life = life_of(wave, now=now)
    form = approving.ApprovalsForm(_sent(request), preparation=life.preparation)
    if form.is_valid():
        hold_approvals(wave, held=form.cleaned_data, by=request.user, now=now)
        return _on(wave)
    return _show(request, approvals_page(life), form)


@runs_waves
def without(request: SignedInRequest, slug: str, approval: str) -> HttpResponse:
    """The wave may open without an approval, for a reason."""
    if approval not in Approval.values:
        raise Http404
    wave, lacked = find_any_wave(slug), Approval(approval)
    missing = "Say why the wave opens without it"
    form = ReasonForm(_sent(request), button="Open without it", missing=missing)
    if form.is_valid():
        override_approval(wave, approval=lacked, **form.cleaned_data, by=request.user, now=timezone.now())
        return see_other(reverse("life:approvals", args=[slug]))
    lead = "Your name and the reason are kept for good, and stand in the record of acts."
    return _show(request, step_page(wave, f"Open without: {lacked.label}", lead), form)


@runs_waves
def test(request: SignedInRequest, slug: str) -> HttpResponse:
    """What was tried before opening."""
    wave, now = find_any_wave(slug), timezone.now()
    form = approving.NoteForm(_sent(request), note=life_of(wave, now=now).preparation.test_note)
    if form.is_valid():
        note_test(wave, **form.cleaned_data, by=request.user, now=now)
        return _on(wave)
    lead = "Answer the questionnaire once as a chair would, on a phone too, in a test wave. Its data can be deleted."
    links = (("Start a test wave", reverse("life:new")),)
    return _show(request, step_page(wave, "Test", lead, links=links), form)


@runs_waves
def opening(request: SignedInRequest, slug: str) -> HttpResponse:
    """What is missing, or what happens; then the wave opens."""
    wave, now = find_any_wave(slug), timezone.now()
    form = changing.OpenForm(_sent(request), words="Open the wave")
    status = HTTPStatus.OK
    if form.is_valid():
        try:
            open_draft(wave, by=request.user, now=now)
        except NotReady as refused:
            status = refused.status
        else:
            return _on(wave)
    page = opening_page(life_of(wave, now=now))
    shown = None if page.links else form
    return _show(request, page, shown, status=status)


@runs_waves
def extend(request: SignedInRequest, slug: str) -> HttpResponse:
    """More time, for a reason."""
    wave, now = find_any_wave(slug), timezone.now()
    form = changing.ExtendWaveForm(_sent(request), wave=wave)
    if form.is_valid() and carried_out(form, lambda: extend_wave(wave, **form.cleaned_data, by=request.user, now=now)):
        return _on(wave)
    return _show(request, extend_page(life_of(wave, now=now)), form)


@runs_waves
def close(request: SignedInRequest, slug: str) -> HttpResponse:
    """The wave closes at this moment, for a reason."""
    wave, now = find_any_wave(slug), timezone.now()
    form = ReasonForm(_sent(request), button="Close the wave now", missing="Say why the wave closes early")
    if form.is_valid():
        close_wave(wave, **form.cleaned_data, by=request.user, now=now)
        return _on(wave)
    return _show(request, close_page(life_of(wave, now=now)), form)


@runs_waves
def delete(request: SignedInRequest, slug: str) -> HttpResponse:
    """A draft or a test wave goes, with everything that hangs on it."""
    wave = find_any_wave(slug)
    form = changing.DeleteForm(_sent(request), wave=wave)
    if form.is_valid():
        delete_wave(wave, by=request.user, now=timezone.now())
        return see_other(reverse("monitoring:waves"))
    lead = "The wave goes with its returns, answers, submissions and messages. This cannot be undone."
    return _show(request, step_page(wave, f"Delete {wave}", lead), form)


def _sent(request: SignedInRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _on(wave: Wave) -> HttpResponse:
    return see_other(reverse("life:tasks", args=[wave.slug]))


def _show(
    request: SignedInRequest, page: StepPage, form: Form | None, *, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    return render(request, "respondents/fieldwork/step.html", {"page": page, "form": form}, status=status)
