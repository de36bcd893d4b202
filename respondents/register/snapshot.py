"""The register as it stands, by natural keys and as plain values: what a plan is made against."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from respondents.register.history import Value
from respondents.register.models import Appointment, Authority, Board, BoardAuthority

AUTHORITY_FIELDS = ("name", "authority_type", "region", "started_on", "ended_on")
BOARD_FIELDS = ("name", "area_name", "region", "authority_type", "started_on", "ended_on")
Fields = Mapping[str, Value]
ChairKey = tuple[str, str, str]


@dataclass(frozen=True)
class Snapshot:
    """Authorities by code, boards by slug with the codes they cover, appointments by board, address and first day."""

    authorities: dict[str, dict[str, Value]]
    boards: dict[str, dict[str, Value]]
    chairs: dict[ChairKey, dict[str, Value]]


def snapshot() -> Snapshot:
    """The register now, in four queries."""
    return Snapshot(_authorities(Authority.objects.all()), _boards(Board.objects.all()), _chairs())


def snapshot_about(*, boards: Collection[str] = (), authorities: Collection[str] = ()) -> Snapshot:
    """These boards and authorities, and the boards that cover those authorities; nothing of appointments."""
    covering = BoardAuthority.objects.filter(authority__gss_code__in=authorities).values("board")
    rows = Board.objects.filter(Q(slug__in=boards) | Q(pk__in=covering))
    return Snapshot(_authorities(Authority.objects.filter(gss_code__in=authorities)), _boards(rows), {})


def _authorities(found: QuerySet[Authority]) -> dict[str, dict[str, Value]]:
    rows = found.order_by("gss_code").values_list("gss_code", *AUTHORITY_FIELDS)
    return {code: dict(zip(AUTHORITY_FIELDS, map(as_value, fields), strict=True)) for code, *fields in rows.iterator()}


def _boards(found: QuerySet[Board]) -> dict[str, dict[str, Value]]:
    covered: dict[int, list[str]] = {}
    coverage = BoardAuthority.objects.filter(board__in=found.order_by()).order_by("board", "position")
    for board, code in coverage.values_list("board", "authority__gss_code").iterator():
        covered.setdefault(board, []).append(code)
    rows = found.order_by("slug").values_list("pk", "slug", *BOARD_FIELDS)
    return {
        slug: {**dict(zip(BOARD_FIELDS, map(as_value, fields), strict=True)), "authorities": [*covered.get(pk, ())]}
        for pk, slug, *fields in rows.iterator()
    }


def _chairs() -> dict[ChairKey, dict[str, Value]]:
    rows = Appointment.objects.order_by("pk").values_list(
        "board__slug", "person__email", "from_date", "person__name", "until_date", "kind"
    )
    return {
        (slug, email, begins.isoformat()): {"name": name, "until": as_value(until), "kind": kind}
        for slug, email, begins, name, until, kind in rows.iterator()
    }


def as_value(cell: date | str | None) -> str | None:
    """A field as it is compared and kept: days as 2012-02-01, no day as nothing."""
    return cell.isoformat() if isinstance(cell, date) else cell
