"""Doors of the questionnaires: find, bind, call one service, show."""

from http import HTTPStatus

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Role
from accounts.requests import SignedInRequest
from accounts.rules import staff
from survey.authoring.documents import Document, find_document, find_readable
from survey.authoring.forms import ChangeForm, ImportForm, PublishForm
from survey.authoring.pages import comparison_page, document_page, versions_page
from survey.authoring.writing import keep_draft, publish_draft
from survey.models import DocumentDraft, QuestionnaireVersion
from survey.schema import comparison

LATEST = 20
writes_questionnaires = staff(Role.RESEARCHER)
compares_questionnaires = staff(Role.RESEARCHER, Role.ANALYST)  # a figure of two waves leads here


@writes_questionnaires
@require_safe
def versions(request: SignedInRequest) -> HttpResponse:
    """Every published version, and the drafts that nobody has written further."""
    published = QuestionnaireVersion.objects.defer("document").select_related("published_by").order_by("-published_at")
    drafts = DocumentDraft.objects.filter(followers=None).defer("text").select_related("saved_by").order_by("-pk")
    page = versions_page(published, drafts[:LATEST])
    return render(request, "survey/authoring/versions.html", {"page": page})


@writes_questionnaires
def bring(request: SignedInRequest) -> HttpResponse:
    """A document comes in by upload or paste and is kept as a draft, whatever is wrong with it."""
    is_sent = request.method == "POST"
    form = ImportForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if form.is_valid():
        draft = keep_draft(form.document, by=request.user, now=timezone.now())
        return _on(f"draft-{draft.pk}")
    return render(request, "survey/authoring/import.html", {"form": form})


@writes_questionnaires
@require_safe
def document(request: SignedInRequest, name: str) -> HttpResponse:
    """A draft or a version, line by line, with its problems in place."""
    found = find_document(name)
    page = document_page(found, others=_others(found))
    return render(request, "survey/authoring/document.html", {"page": page, "name": name})


@writes_questionnaires
def change(request: SignedInRequest, name: str) -> HttpResponse:
    """The text is changed and kept as a draft that follows this one."""
    found = find_document(name)
    form = ChangeForm(request.POST if request.method == "POST" else None, text=found.text)
    if form.is_valid():
        draft = keep_draft(form.cleaned_data["text"], follows=_draft_behind(found), by=request.user, now=timezone.now())
        return _on(f"draft-{draft.pk}")
    page = document_page(found, others=())
    return render(request, "survey/authoring/change.html", {"page": page, "form": form, "name": name})


@writes_questionnaires
def publish(request: SignedInRequest, name: str) -> HttpResponse:
    """A draft without problems becomes the next version."""
    found = find_document(name)
    draft = _draft_behind(found)
    if draft is None:
        raise Http404
    form = PublishForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        version = publish_draft(draft, by=request.user, now=timezone.now())
        return _on(f"version-{version.pk}")
    page = document_page(found, others=_others(found))
    return render(request, "survey/authoring/publish.html", {"page": page, "form": form, "name": name})


@writes_questionnaires
@require_safe
def source(request: SignedInRequest, name: str) -> HttpResponse:
    """The text as a file."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.yaml"'}
    return HttpResponse(find_document(name).text, content_type="application/yaml; charset=utf-8", headers=headers)


@compares_questionnaires
@require_safe
def compare(request: SignedInRequest, old: str, new: str) -> HttpResponse:
    """Two documents item by item."""
    (older, before), (newer, after) = find_readable(old), find_readable(new)
    page = comparison_page(older, newer, comparison.compare(before, after))
    return render(request, "survey/authoring/comparison.html", {"page": page})


def _others(found: Document) -> list[QuestionnaireVersion]:
    """The versions of the same questionnaire, the latest first."""
    questionnaire = found.examined.questionnaire
    if questionnaire is None:
        return []
    versions = QuestionnaireVersion.objects.filter(code=questionnaire.code).defer("document")
    return list(versions.order_by("-version")[:LATEST])


def _draft_behind(found: Document) -> DocumentDraft | None:
    kind, _, key = found.name.partition("-")
    return DocumentDraft.objects.get(pk=int(key)) if kind == "draft" else None


def _on(name: str) -> HttpResponse:
    address = reverse("authoring:document", args=[name])
    return HttpResponse(status=HTTPStatus.SEE_OTHER, headers={"Location": address})
