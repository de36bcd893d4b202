"""Doors of imports: send, look, confirm, undo."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest, see_other
from respondents.register.access import find_import, keeps_register, takes_register
from respondents.register.doorbell import ring
from respondents.register.forms.importing import ConfirmForm, ImportForm
from respondents.register.history import ImportState, RegisterImport
from respondents.register.large_imports import confirm_import, discard_import, send_files, take_back
from respondents.register.pages.imports import (
    UNDER_WAY,
    ImportPage,
    RefusedFile,
    done_page,
    imports_page,
    kept_preview_page,
    preview_page,
    refused_import_page,
    refused_page,
    under_way_page,
)
from respondents.register.proposing import plan_of
from respondents.register.undoing import why_not_undoable
from respondents.tabular.lines import FileRefused
from respondents.tabular.reading import LettersUnsure

LATEST = 50


@keeps_register
@require_safe
def imports(request: SignedInRequest) -> HttpResponse:
    """The imports there were, the latest first."""
    found = RegisterImport.objects.defer("tables").select_related("sent_by")[:LATEST]
    return render(request, "respondents/register/imports.html", {"page": imports_page(found)})


@takes_register
@require_http_methods(["GET", "HEAD", "POST"])
def new_import(request: SignedInRequest) -> HttpResponse:
    """Files are sent; what is wrong with them is said, or what they would change is shown."""
    is_sent = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if is_sent else ImportForm()
    refused: RefusedFile | None = None
    if form.is_valid():
        try:
            sent = send_files(
                form.contents,
                encoding=form.encoding,
                ends_absent=form.cleaned_data["absent"] == "end",
                by=request.user,
                now=timezone.now(),
                ring=ring,
            )
            return see_other(reverse("register:import", args=[sent.pk]))
        except FileRefused as error:
            form.add_error("tables", "Nothing was imported. What is wrong is listed below")
            refused = refused_page(error.problems, sample=error.sample if isinstance(error, LettersUnsure) else "")
    return render(request, "respondents/register/new_import.html", {"form": form, "refused": refused})


@keeps_register
@require_safe
def one_import(request: SignedInRequest, import_id: int) -> HttpResponse:
    """What an import would do, or did; where scripts run, the page follows a worker that is at it."""
    found = find_import(import_id)
    return render(request, "respondents/register/import.html", {"page": _page_of(found, request)})


def _page_of(found: RegisterImport, request: SignedInRequest) -> ImportPage:
    if found.state in UNDER_WAY:
        return under_way_page(found)
    if found.state == ImportState.REFUSED:
        return refused_import_page(found)
    if found.state == ImportState.PROPOSED and found.digest:
        return kept_preview_page(found, asked=request.GET)
    if found.state == ImportState.PROPOSED:
        return preview_page(found, *plan_of(found, now=timezone.now()), asked=request.GET)
    return done_page(found, why_not=why_not_undoable(found), asked=request.GET)


@takes_register
@require_POST
def apply(request: SignedInRequest, import_id: int) -> HttpResponse:
    """Exactly what was shown is done."""
    found, form = find_import(import_id), ConfirmForm(request.POST)
    if not form.is_valid():
        raise BadRequest("The preview that is confirmed was not named.")
    digest = form.cleaned_data["digest"]
    done = confirm_import(found.pk, digest=digest, by=request.user, now=timezone.now(), ring=ring)
    if done.state == ImportState.APPLIED:
        messages.success(request, "The register was imported.")
    return see_other(reverse("register:import", args=[import_id]))


@keeps_register
@require_POST
def discard(request: SignedInRequest, import_id: int) -> HttpResponse:
    """What was sent is forgotten."""
    discard_import(find_import(import_id).pk)
    messages.success(request, "The files were discarded. Nothing was changed.")
    return see_other(reverse("register:imports"))


@takes_register
@require_POST
def undo(request: SignedInRequest, import_id: int) -> HttpResponse:
    """A whole import is undone."""
    done = take_back(find_import(import_id).pk, by=request.user, now=timezone.now(), ring=ring)
    if done.state == ImportState.UNDONE:
        messages.success(request, "The import was undone. The register is as it was before.")
    return see_other(reverse("register:import", args=[import_id]))
