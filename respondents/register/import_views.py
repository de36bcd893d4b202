"""Doors of imports: send, look, confirm, undo."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from respondents.portal.doors import see_other
from respondents.register.access import find_import, keeps_register
from respondents.register.forms.importing import ConfirmForm, ImportForm
from respondents.register.history import ImportState, RegisterImport
from respondents.register.pages.imports import RefusedFile, done_page, import_rows, preview_page, refused_page
from respondents.register.proposing import apply_import, discard_import, plan_of, propose_import
from respondents.register.undoing import undo_import, why_not_undoable
from respondents.tabular.lines import FileRefused
from respondents.tabular.reading import LettersUnsure

LATEST = 50


@keeps_register
@require_safe
def imports(request: SignedInRequest) -> HttpResponse:
    """The imports there were, the latest first."""
    found = RegisterImport.objects.defer("tables").select_related("sent_by")[:LATEST]
    return render(request, "respondents/register/imports.html", {"rows": import_rows(found)})


@keeps_register
@require_http_methods(["GET", "HEAD", "POST"])
def new_import(request: SignedInRequest) -> HttpResponse:
    """Files are sent; what is wrong with them is said, or what they would change is shown."""
    is_sent = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if is_sent else ImportForm()
    refused: RefusedFile | None = None
    if form.is_valid():
        try:
            proposed = propose_import(
                form.contents,
                encoding=form.encoding,
                ends_absent=form.cleaned_data["absent"] == "end",
                by=request.user,
                now=timezone.now(),
            )
            return see_other(reverse("register:import", args=[proposed.pk]))
        except FileRefused as error:
            form.add_error("tables", "Nothing was imported. What is wrong is listed below")
            refused = refused_page(error.problems, sample=error.sample if isinstance(error, LettersUnsure) else "")
    return render(request, "respondents/register/new_import.html", {"form": form, "refused": refused})


@keeps_register
@require_safe
def one_import(request: SignedInRequest, import_id: int) -> HttpResponse:
    """What an import would do, or did."""
    found = find_import(import_id)
    if found.state == ImportState.PROPOSED:
        page = preview_page(found, *plan_of(found, now=timezone.now()), asked=request.GET)
    else:
        page = done_page(found, why_not=why_not_undoable(found), asked=request.GET)
    return render(request, "respondents/register/import.html", {"page": page})


@keeps_register
@require_POST
def apply(request: SignedInRequest, import_id: int) -> HttpResponse:
    """Exactly what was shown is done."""
    found, form = find_import(import_id), ConfirmForm(request.POST)
    if not form.is_valid():
        raise BadRequest("The preview that is confirmed was not named.")
    apply_import(found.pk, digest=form.cleaned_data["digest"], by=request.user, now=timezone.now())
    messages.success(request, "The register was imported.")
    return see_other(reverse("register:import", args=[import_id]))


@keeps_register
@require_POST
def discard(request: SignedInRequest, import_id: int) -> HttpResponse:
    """What was sent is forgotten."""
    discard_import(find_import(import_id).pk)
    messages.success(request, "The files were discarded. Nothing was changed.")
    return see_other(reverse("register:imports"))


@keeps_register
@require_POST
def undo(request: SignedInRequest, import_id: int) -> HttpResponse:
    """A whole import is undone."""
    undo_import(find_import(import_id).pk, by=request.user, now=timezone.now())
    messages.success(request, "The import was undone. The register is as it was before.")
    return see_other(reverse("register:import", args=[import_id]))
