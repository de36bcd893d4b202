"""Doors of the register: who is in it, and taking it away."""

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from respondents.register.access import find_authority, find_board, keeps_register, takes_register
from respondents.register.exporting import SHEETS, export_csv, export_workbook
from respondents.register.finding import INTERIM, VACANT, authorities_wanted, boards_wanted, chairs_of_several
from respondents.register.forms.searching import AuthorityFilterForm, StandingFilterForm
from respondents.register.history import RegisterChange, Subject
from respondents.register.models import Appointment
from respondents.register.pages.lists import authorities_page, boards_page, chairs_page
from respondents.register.pages.one import authority_page, board_page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LATEST = 100


@keeps_register
@require_safe
def boards(request: SignedInRequest) -> HttpResponse:
    """The boards, with what they cover and who chairs them."""
    today, form = timezone.localdate(), StandingFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    page = boards_page(boards_wanted(wanted, today=today), asked=request.GET, today=today)
    return render(request, "respondents/register/boards.html", {"page": page, "form": form})


@keeps_register
@require_safe
def board(request: SignedInRequest, slug: str) -> HttpResponse:
    """One board with its chairs and its history."""
    today, found = timezone.localdate(), find_board(slug)
    appointments = list(found.appointments.select_related("person").order_by("-from_date", "-pk"))
    people = {each.person_id for each in appointments}
    others = Appointment.objects.filter(person__in=people).exclude(board=found).current_on(today)
    of_board = Q(board_key=found.pk) | Q(subject=Subject.PERSON, key__in=people)
    page = board_page(
        found,
        appointments=appointments,
        others=others.select_related("board"),
        changes=RegisterChange.objects.filter(of_board).select_related("by").order_by("-pk")[:LATEST],
        today=today,
    )
    return render(request, "respondents/register/board.html", {"page": page})


@keeps_register
@require_safe
def chairs(request: SignedInRequest) -> HttpResponse:
    """Who chairs several boards, and how many boards have an interim chair or none."""
    today = timezone.localdate()
    counts = {standing: boards_wanted({"standing": standing}, today=today).count() for standing in (INTERIM, VACANT)}
    page = chairs_page(chairs_of_several(today=today), interim=counts[INTERIM], vacant=counts[VACANT])
    return render(request, "respondents/register/chairs.html", {"page": page})


@keeps_register
@require_safe
def authorities(request: SignedInRequest) -> HttpResponse:
    """The authorities and the boards that cover them."""
    form = AuthorityFilterForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    page = authorities_page(authorities_wanted(words), asked=request.GET)
    return render(request, "respondents/register/authorities.html", {"page": page, "form": form})


@keeps_register
@require_safe
def authority(request: SignedInRequest, code: str) -> HttpResponse:
    """One authority, what came before it and what follows it."""
    found = find_authority(code)
    changes = RegisterChange.objects.filter(subject=Subject.AUTHORITY, key=found.pk).select_related("by")
    page = authority_page(found, changes=changes.order_by("-pk")[:LATEST])
    return render(request, "respondents/register/authority.html", {"page": page})


@takes_register
@require_safe
def export(request: SignedInRequest) -> HttpResponse:
    """The whole register as a workbook."""
    content = export_workbook(by=request.user, now=timezone.now())
    return _file(content, name="register.xlsx", kind=XLSX)


@takes_register
@require_safe
def export_table(request: SignedInRequest, name: str) -> HttpResponse:
    """One table of the register as CSV."""
    if name not in SHEETS:
        raise Http404
    content = export_csv(name, by=request.user, now=timezone.now())
    return _file(content, name=f"{name}.csv", kind="text/csv; charset=utf-8")


def _file(content: bytes, *, name: str, kind: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
