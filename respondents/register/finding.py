"""The boards and authorities that somebody looks for."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from respondents.register.models import Appointment, Authority, Board, BoardAuthority

CHAIRED, VACANT, ENDED = "chaired", "vacant", "ended"


def boards_wanted(wanted: Mapping[str, Any], *, today: date) -> QuerySet[Board]:
    """The boards that a filter asks for, in order of their area; ended ones only where they are asked for."""
    found = Board.objects.order_by("area_name", "pk")
    if words := wanted.get("q"):
        found = found.filter(_named(words, today=today))
    for name in ("authority_type", "region"):
        if wanted.get(name):
            found = found.filter(**{name: wanted[name]})
    chaired = Exists(_current(today).filter(board=OuterRef("pk")))
    standing = wanted.get("standing")
    if standing == ENDED:
        return found.filter(ended_on__lte=today)
    found = found.exclude(ended_on__lte=today)
    return found.filter(chaired) if standing == CHAIRED else found.filter(~chaired) if standing == VACANT else found


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
