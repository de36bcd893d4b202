"""Service: authorities merge, split or are renewed. The old ones end, the new ones begin, and their boards follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.audit.recording import record
from accounts.models import User
from respondents.register.acts import AUTHORITIES_SUCCEEDED
from respondents.register.applying import Author, apply_moves, keys_of
from respondents.register.history import ChangeKind, Subject, Value, hold_register
from respondents.register.models import Authority, Board, Succession
from respondents.register.planning import Move
from respondents.register.snapshot import Fields, Snapshot, snapshot_about


@dataclass(frozen=True)
class Successor:
    """An authority that takes over; without a name it is one that the register holds already."""

    gss_code: str
    name: str
    authority_type: str
    region: str


@transaction.atomic
def succeed(
    predecessors: Sequence[str],
    successors: Sequence[Successor],
    *,
    on_date: date,
    board: Board,
    reason: str,
    by: User,
    now: datetime,
) -> None:
    """From this day the successors stand in for the predecessors, and `board` covers them.

    Another board that covered nothing but predecessors ends on that day. ValidationError names what does not fit.
    """
    hold_register()
    codes = [successor.gss_code for successor in successors]
    found = snapshot_about(boards=[board.slug], authorities=[*predecessors, *codes])
    _require_fitting(predecessors, successors, found, on_date=on_date, today=timezone.localdate(now))
    moves = [
        *_authority_moves(predecessors, successors, found, on_date.isoformat()),
        *_board_moves(predecessors, successors, found, board.slug, on_date.isoformat()),
    ]
    apply_moves(moves, found, Author(by, now, reason=reason))
    keys = keys_of(Authority.objects.all(), "gss_code", [*predecessors, *codes])
    Succession.objects.bulk_create(
        Succession(predecessor_id=keys[old], successor_id=keys[new], on_date=on_date)
        for old in predecessors
        for new in codes
    )
    about = f"{', '.join(predecessors)} to {', '.join(codes)}"
    record(AUTHORITIES_SUCCEEDED, by=by, about=about, detail={"on": on_date.isoformat(), "board": board.slug}, now=now)


def _require_fitting(
    predecessors: Sequence[str], successors: Sequence[Successor], found: Snapshot, *, on_date: date, today: date
) -> None:
    if on_date > today:
        raise ValidationError({"on_date": "That day is still to come. Record it on the day, so that it is true."})
    for code in predecessors:
        row = found.authorities.get(code)
        if row is None:
            raise ValidationError({"predecessors": f"No authority has the code {code}."})
        if row["ended_on"]:
            raise ValidationError({"predecessors": f"{row['name']} ({code}) has ended already."})
    for successor in successors:
        if successor.gss_code in predecessors:
            raise ValidationError({"successors": f"{successor.gss_code} cannot follow itself."})
        if successor.gss_code not in found.authorities and not successor.name:
            message = f"The register holds no {successor.gss_code}. Write its name after the code."
            raise ValidationError({"successors": message})


def _authority_moves(
    predecessors: Sequence[str], successors: Sequence[Successor], found: Snapshot, day: str
) -> list[Move]:
    added = [
        Move(Subject.AUTHORITY, (new.gss_code,), new.name, ChangeKind.ADDED, {}, _fields_of(new, day))
        for new in successors
        if new.gss_code not in found.authorities
    ]
    names = {code: str(found.authorities[code]["name"]) for code in predecessors}
    after: Fields = {"ended_on": day}
    ended = [
        Move(Subject.AUTHORITY, (code,), name, ChangeKind.ENDED, {"ended_on": None}, after)
        for code, name in names.items()
    ]
    return [*added, *ended]


def _fields_of(new: Successor, day: str) -> dict[str, Value]:
    return {"name": new.name, "authority_type": new.authority_type, "region": new.region, "started_on": day}


def _board_moves(
    predecessors: Sequence[str], successors: Sequence[Successor], found: Snapshot, keeper: str, day: str
) -> list[Move]:
    """The board that goes on covers the successors; others lose what ended, and end if that was all."""
    moves = []
    new = [successor.gss_code for successor in successors]
    for slug, row in found.boards.items():
        before = [str(code) for code in row["authorities"] or ()]
        kept = [code for code in before if code not in predecessors and code not in new]
        after: dict[str, Value] = {"authorities": kept}
        if slug == keeper:
            leads = not before or before[0] in predecessors
            after["authorities"] = [*new, *kept] if leads else [*kept, *new]
            if leads:
                after |= _strata_of(successors[0], found)
        elif not kept:
            after = {"ended_on": row["ended_on"] or day}
        changed = {name: value for name, value in after.items() if row[name] != value}
        if changed:
            kind = ChangeKind.ENDED if "ended_on" in changed else ChangeKind.CHANGED
            old = {name: row[name] for name in changed}
            moves.append(Move(Subject.BOARD, (slug,), str(row["name"]), kind, old, changed))
    return moves


def _strata_of(lead: Successor, found: Snapshot) -> dict[str, Value]:
    """A board's strata are those of its lead authority."""
    known = found.authorities.get(lead.gss_code)
    source = known or {"authority_type": lead.authority_type, "region": lead.region}
    return {"authority_type": source["authority_type"], "region": source["region"]}
