"""One board, one authority, and what stands around a form of the register."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from respondents.form_pages import FormPage
from respondents.register.history import RegisterChange
from respondents.register.models import Appointment, Authority, Board
from respondents.register.pages.lists import days_in_words
from respondents.register.words import ChangeLine, day_in_words, history_in_words, vacancy_in_words


@dataclass(frozen=True)
class NamedUrl:
    """Something and its page."""

    name: str
    url: str


@dataclass(frozen=True)
class AppointmentRow:
    """Who chairs or chaired the board, from when until when."""

    person: str
    email: str
    capacity: str
    days: str
    also: tuple[NamedUrl, ...]
    person_url: str
    end_url: str
    correct_url: str


@dataclass(frozen=True)
class BoardPage:
    """One board with all that is known of it."""

    board: Board
    days: str
    authorities: tuple[NamedUrl, ...]
    vacancy: str
    current: tuple[AppointmentRow, ...]
    past: tuple[AppointmentRow, ...]
    history: tuple[ChangeLine, ...]
    edit_url: str
    appoint_url: str


@dataclass(frozen=True)
class AuthorityPage:
    """One authority, its board, what came before it and what follows it."""

    authority: Authority
    days: str
    board: NamedUrl | None
    before: tuple[str, ...]
    after: tuple[str, ...]
    history: tuple[ChangeLine, ...]
    edit_url: str
    succession_url: str


def board_page(
    board: Board,
    *,
    appointments: Sequence[Appointment],
    others: Iterable[Appointment],
    changes: Iterable[RegisterChange],
    today: date,
) -> BoardPage:
    """The board; `others` are what its chairs chair besides today."""
    also: dict[int, list[NamedUrl]] = {}
    for other in others:
        also.setdefault(other.person_id, []).append(
            NamedUrl(str(other.board.area_name), reverse("register:board", args=[other.board.slug]))
        )
    rows = [(each, _appointment_row(each, tuple(also.get(each.person_id, ())), today=today)) for each in appointments]
    current = tuple(row for each, row in rows if not _is_over(each, today))
    has_chair = any(not _is_over(each, today) and each.from_date <= today for each in appointments)
    return BoardPage(
        board=board,
        days=days_in_words(board.started_on, board.ended_on),
        authorities=tuple(
            NamedUrl(str(cover.authority), reverse("register:authority", args=[cover.authority.gss_code]))
            for cover in board.coverage.all()
        ),
        vacancy="" if has_chair or board.ended_on else vacancy_in_words(appointments, today=today),
        current=current,
        past=tuple(row for each, row in rows if _is_over(each, today)),
        history=history_in_words(changes),
        edit_url=reverse("register:edit_board", args=[board.slug]),
        appoint_url=reverse("register:appoint", args=[board.slug]),
    )


def _is_over(each: Appointment, today: date) -> bool:
    return each.until_date is not None and each.until_date < today


def _appointment_row(each: Appointment, also: tuple[NamedUrl, ...], *, today: date) -> AppointmentRow:
    until = f" to {day_in_words(each.until_date)}" if each.until_date else ""
    start = "From" if not each.until_date else ""
    return AppointmentRow(
        person=str(each.person),
        email=each.person.email,
        capacity=each.get_kind_display(),
        days=f"{start} {day_in_words(each.from_date)}{until}".strip(),
        also=also,
        person_url=reverse("register:edit_person", args=[each.person_id]),
        end_url="" if _is_over(each, today) else reverse("register:end", args=[each.pk]),
        correct_url=reverse("register:correct", args=[each.pk]),
    )


def authority_page(authority: Authority, *, changes: Iterable[RegisterChange]) -> AuthorityPage:
    """The authority; its successions are known."""
    cover = getattr(authority, "coverage", None)
    board = NamedUrl(cover.board.name, reverse("register:board", args=[cover.board.slug])) if cover else None
    return AuthorityPage(
        authority=authority,
        days=days_in_words(authority.started_on, authority.ended_on),
        board=board,
        before=tuple(
            f"{each.predecessor} ({each.predecessor.gss_code}) until {day_in_words(each.on_date)}"
            for each in authority.origins.all()
        ),
        after=tuple(
            f"{each.successor} ({each.successor.gss_code}) from {day_in_words(each.on_date)}"
            for each in authority.successions.all()
        ),
        history=history_in_words(changes),
        edit_url=reverse("register:edit_authority", args=[authority.gss_code]),
        succession_url="" if authority.ended_on else reverse("register:succeed", args=[authority.gss_code]),
    )


def board_form_page(board: Board, title: str, lead: str) -> FormPage:
    """A form about a board."""
    return FormPage(title, lead, reverse("register:board", args=[board.slug]), board.area_name)


def authority_form_page(authority: Authority, title: str, lead: str) -> FormPage:
    """A form about an authority."""
    return FormPage(title, lead, reverse("register:authority", args=[authority.gss_code]), authority.name)
