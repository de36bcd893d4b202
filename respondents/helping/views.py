"""Doors of the boards of a wave: the list, one board, and more time for it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Role
from accounts.requests import SignedInRequest, see_other
from respondents.correspondence.access import find_return_of
from respondents.form_pages import FORM_PAGE
from respondents.helping.access import helps_boards, sees_boards
from respondents.helping.boards import boards_of, history_of, saves_of
from respondents.helping.extending import extend
from respondents.helping.forms import BoardsForm, ExtendReturnForm
from respondents.helping.pages.board import board_page
from respondents.helping.pages.boards import boards_page
from respondents.helping.pages.forms import board_url, help_page
from respondents.paging import page_of
from survey.moments import moment_in_words
from survey.waves import find_opened_wave


@sees_boards
@require_safe
def boards(request: SignedInRequest, slug: str) -> HttpResponse:
    """The boards of the wave, searched and narrowed."""
    now, wave = timezone.now(), find_opened_wave(slug)
    form = BoardsForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found, settles = boards_of(wave, wanted=wanted, now=now), request.user.role == Role.RESEARCHER
    page = boards_page(wave, found, asked=request.GET, may_settle=settles, now=now)
    return render(request, "respondents/helping/boards.html", {"page": page, "form": form})


@sees_boards
@require_safe
def board(request: SignedInRequest, slug: str, return_id: UUID) -> HttpResponse:
    """One board: state and history of its return, without its answers."""
    now, found = timezone.now(), find_return_of(slug, return_id)
    saves = page_of(saves_of(found), request.GET)
    page = board_page(found, history_of(found, now=now), saves, asked=request.GET, person=request.user, now=now)
    return render(request, "respondents/helping/board.html", {"page": page})


@helps_boards
def extend_return(request: SignedInRequest, slug: str, return_id: UUID) -> HttpResponse:
    """The closing time of one return is moved later, for a reason."""
    now, found = timezone.now(), find_return_of(slug, return_id)
    form = ExtendReturnForm(request.POST if request.method == "POST" else None, found=found, now=now)
    if form.is_valid():
        extend(found, **form.cleaned_data, by=request.user, now=now)
        return see_other(board_url(found))
    closes = moment_in_words(found.closes_at)
    lead = f"The return closes {closes}. The people on it are told of the new time by email, and read your reason here."
    page = help_page(found, title="Give more time", lead=lead)
    return render(request, FORM_PAGE, {"page": page, "form": form})
