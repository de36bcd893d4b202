"""The lists of boards and of authorities."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from respondents.paging import Leaf, leaf_of, page_of
from respondents.register.finding import INTERIM, VACANT, with_people
from respondents.register.models import Appointment, Authority, Board
from respondents.register.words import chairs_in_words, day_in_words
from survey.counting import counted


@dataclass(frozen=True)
class BoardRow:
    """One board: what it covers and who chairs it."""

    name: str
    url: str
    authorities: str
    strata: str
    chair: str
    is_vacant: bool


@dataclass(frozen=True)
class BoardsPage:
    """The boards that were asked for."""

    shown: str
    rows: tuple[BoardRow, ...]
    leaf: Leaf | None
    is_empty: bool


@dataclass(frozen=True)
class ChairRow:
    """Somebody who chairs several boards, each with its address."""

    name: str
    email: str
    boards: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ChairsPage:
    """Who chairs several boards, and where the boards with an interim chair or none are."""

    rows: tuple[ChairRow, ...]
    shown: str
    interim: str
    interim_url: str
    vacant: str
    vacant_url: str


@dataclass(frozen=True)
class AuthorityRow:
    """One authority and the board that covers it."""

    name: str
    url: str
    code: str
    strata: str
    board: str
    days: str


@dataclass(frozen=True)
class AuthoritiesPage:
    """The authorities that were asked for."""

    shown: str
    rows: tuple[AuthorityRow, ...]
    leaf: Leaf | None


def boards_page(found: "QuerySet[Board]", *, asked: QueryDict, today: date) -> BoardsPage:
    """One page of the boards."""
    part = page_of(with_people(found, today=today), asked)
    return BoardsPage(
        shown=counted(part.paginator.count, "board"),
        rows=tuple(_board_row(board, today=today) for board in part),
        leaf=leaf_of(part, asked),
        is_empty=not part.paginator.count and not any(asked.values()),
    )


def _board_row(board: Board, *, today: date) -> BoardRow:
    current: Sequence[Appointment] = getattr(board, "current", ())
    has_ended = board.ended_on is not None and board.ended_on <= today
    chair = f"Ended on {day_in_words(board.ended_on)}" if has_ended else chairs_in_words(current) or "Vacant"
    return BoardRow(
        name=board.area_name or board.name,
        url=reverse("register:board", args=[board.slug]),
        authorities=", ".join(cover.authority.name for cover in board.coverage.all()) or "–",
        strata=f"{board.authority_type}, {board.region}",
        chair=chair,
        is_vacant=not current and not has_ended,
    )


def chairs_page(appointments: Iterable[Appointment], *, interim: int, vacant: int) -> ChairsPage:
    """Everybody who chairs several boards."""
    rows = []
    for _, held in groupby(appointments, key=lambda each: each.person_id):
        each = list(held)
        boards = tuple((it.board.area_name, reverse("register:board", args=[it.board.slug])) for it in each)
        rows.append(ChairRow(str(each[0].person), each[0].person.email, boards))
    people = {0: "Nobody chairs", 1: "1 person chairs"}.get(len(rows), f"{len(rows)} people chair")
    boards_url = reverse("register:boards")
    return ChairsPage(
        rows=tuple(rows),
        shown=f"{people} more than one board.",
        interim=f"{counted(interim, 'board')} with an interim chair",
        interim_url=f"{boards_url}?standing={INTERIM}#boards",
        vacant=f"{counted(vacant, 'board')} without a chair",
        vacant_url=f"{boards_url}?standing={VACANT}#boards",
    )


def authorities_page(found: "QuerySet[Authority]", *, asked: QueryDict) -> AuthoritiesPage:
    """One page of the authorities."""
    part = page_of(found, asked)
    return AuthoritiesPage(
        shown=counted(part.paginator.count, "authority", "authorities"),
        rows=tuple(_authority_row(authority) for authority in part),
        leaf=leaf_of(part, asked),
    )


def _authority_row(authority: Authority) -> AuthorityRow:
    cover = getattr(authority, "coverage", None)
    return AuthorityRow(
        name=authority.name,
        url=reverse("register:authority", args=[authority.gss_code]),
        code=authority.gss_code,
        strata=f"{authority.authority_type}, {authority.region}",
        board=cover.board.area_name if cover else "No board",
        days=days_in_words(authority.started_on, authority.ended_on) or "Still there",
    )


def days_in_words(started: date | None, ended: date | None) -> str:
    """Since when and until when; nothing for what has always been there."""
    words = [f"From {day_in_words(started)}"] if started else []
    words += [f"Ended on {day_in_words(ended)}"] if ended else []
    return ". ".join(words)
