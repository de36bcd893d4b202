"""The boards and authorities that somebody looks for."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from respondents.register.models import Appointment, AppointmentKind, Authority, Board, BoardAuthority

CHAIRED, INTERIM, SEVERAL, VACANT, ENDED = "chaired", "interim", "several", "vacant", "ended"


def boards_wanted(wanted: Mapping[str, Any], *, today: date) -> QuerySet[Board]:
    """The boards that a filter asks for, in order of their area; ended ones only where they are asked for."""
    found = Board.objects.order_by("area_name", "pk")
    if words := wanted.get("q"):
        found = found.filter(_named(words, today=today))
    for name in ("authority_type", "region"):
        if wanted.get(name):
            found = found.filter(**{name: wanted[name]})
    standing = wanted.get("standing") or ""
    if standing == ENDED:
        return found.filter(ended_on__lte=today)
    return found.exclude(ended_on__lte=today).filter(_standing(standing, today=today))


def _standing(standing: str, *, today: date) -> Q:
    """What a filter asks of who chairs a board today."""
    chairs = _current(today).filter(board=OuterRef("pk"))
    asked = {
        CHAIRED: Q(Exists(chairs)),
        INTERIM: Q(Exists(chairs.filter(kind=AppointmentKind.INTERIM))),
        SEVERAL: Q(Exists(chairs.filter(person__in=_of_several(today)))),
        VACANT: ~Q(Exists(chairs)),
    }
    return asked.get(standing, Q())


def _of_several(today: date) -> QuerySet[Appointment, int]:
    """Those who chair more than one board that has not ended."""
    goes_on = _current(today).exclude(board__ended_on__lte=today).order_by()
    boards = goes_on.values("person").annotate(boards=Count("board", distinct=True))
    return boards.filter(boards__gt=1).values_list("person", flat=True)


def chairs_of_several(*, today: date) -> QuerySet[Appointment]:
    """The appointments of today of those who chair several boards, one person after another."""
    found = _current(today).filter(person__in=_of_several(today)).exclude(board__ended_on__lte=today)
    return found.select_related("person", "board").order_by("person__name", "person", "board__area_name")


def _named(words: str, *, today: date) -> Q:
    """Boards that are called so, or cover an authority or have a chair called so."""
    covers = BoardAuthority.objects.filter(board=OuterRef("pk"))
    is_covered = covers.filter(Q(authority__name__icontains=words) | Q(authority__gss_code__iexact=words))
    chairs = _current(today).filter(board=OuterRef("pk"))
    is_chaired = chairs.filter(Q(person__name__icontains=words) | Q(person__email__icontains=words))
    named = Q(name__icontains=words) | Q(area_name__icontains=words) | Q(slug__icontains=words)
    return named | Q(Exists(is_covered)) | Q(Exists(is_chaired))


def _current(today: date) -> QuerySet[Appointment]:
    return Appointment.objects.current_on(today)


def with_people(boards: QuerySet[Board], *, today: date) -> QuerySet[Board]:
    """The same boards with their authorities, and their chairs of today as `current`."""
    chairs = _current(today).select_related("person").order_by("from_date", "pk")
    return boards.prefetch_related("coverage__authority", Prefetch("appointments", chairs, to_attr="current"))


def authorities_wanted(words: str) -> QuerySet[Authority]:
    """The authorities with these words in their name or with this code, each with its board."""
    found = Authority.objects.order_by("name", "pk").select_related("coverage__board")
    return found.filter(Q(name__icontains=words) | Q(gss_code__iexact=words)) if words else found
