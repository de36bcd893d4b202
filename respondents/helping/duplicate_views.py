"""Doors to settle returns that named no board with the boards whose they are."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest, see_other
from respondents.helping.access import helps_boards
from respondents.helping.boards import loose_in
from respondents.helping.duplicates import settle as settle_return
from respondents.helping.duplicates import undo as undo_settling
from respondents.helping.forms import ChooseBoardForm, SettleDuplicateForm, UndoForm
from respondents.helping.pages.duplicates import loose_page, settle_page
from respondents.paging import page_of
from respondents.returns.models import Return
from survey.waves import find_opened_wave


@helps_boards
@require_safe
def loose(request: SignedInRequest, slug: str) -> HttpResponse:
    """The returns of the wave that named no board."""
    wave = find_opened_wave(slug)
    part = page_of(loose_in(wave), request.GET)
    return render(request, "respondents/helping/loose.html", {"page": loose_page(wave, part, asked=request.GET)})


@helps_boards
def settle(request: SignedInRequest, slug: str, return_id: UUID) -> HttpResponse:
    """One of them beside a board's own: which of the two counts is decided here."""
    now, found = timezone.now(), _find(slug, return_id)
    boards = found.wave.returns.in_frame().select_related("board").order_by("board__area_name")
    choice = ChooseBoardForm(request.GET, boards=boards)
    own = choice.chosen
    form = SettleDuplicateForm(request.POST if request.method == "POST" else None, own=own) if own else None
    if own and form and form.is_valid():
        settle_return(found, board_return=own, **form.cleaned_data, by=request.user, now=now)
        return see_other(reverse("helping:settle", args=[slug, return_id]))
    decided = found.attributions.select_related("survey_return__board", "made_by").order_by("-pk")
    page = settle_page(found, own, decided, person=request.user, now=now)
    return render(request, "respondents/helping/settle.html", {"page": page, "form": form, "choice": choice})


@helps_boards
def undo(request: SignedInRequest, slug: str, return_id: UUID) -> HttpResponse:
    """The return names no board again, and the board's own is as it was."""
    now, found = timezone.now(), _find(slug, return_id)
    form = UndoForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        undo_settling(found, **form.cleaned_data, by=request.user, now=now)
        return see_other(reverse("helping:settle", args=[slug, return_id]))
    page = settle_page(found, None, (), person=request.user, now=now)
    return render(request, "respondents/helping/undo.html", {"page": page, "form": form})


def _find(slug: str, return_id: UUID) -> Return:
    """A return of this wave that named no board; not found otherwise."""
    loose = Return.objects.filter(board=None, wave__slug=slug).select_related("wave", "duplicate_of__board")
    return get_object_or_404(loose, pk=return_id)
