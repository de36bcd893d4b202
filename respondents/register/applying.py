"""Carries out the moves of a plan in bulk: a few statements for each thousand rows, inside the caller's transaction."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db.models import QuerySet

from accounts.models import User
from respondents.register.history import ChangeKind, RegisterChange, RegisterImport, Subject, Value
from respondents.register.models import Appointment, AppointmentKind, Authority, Board, BoardAuthority
from respondents.register.planning import Move
from respondents.register.snapshot import AUTHORITY_FIELDS, BOARD_FIELDS, Fields, Snapshot, as_value

BATCH = 2_000
T = TypeVar("T")


def unheard(more: int) -> None:
    """Nobody listens how many rows more are done."""


@dataclass(frozen=True)
class Author:
    """Who changes the register, when, why, by which import, and who is told of each batch that is done."""

    by: User | None
    now: datetime
    of_import: RegisterImport | None = None
    reason: str = ""
    count: Callable[[int], None] = unheard

    def change(self, subject: Subject, key: int, *, board: int | None, about: str, **rest: Any) -> RegisterChange:
        """The row of history that says so; `person_key` among the rest is the account whose name it may say."""
        if subject == Subject.PERSON:
            rest["person_key"] = key
        return RegisterChange(
            subject=subject,
            key=key,
            board_key=board,
            about=about[:300],
            reason=self.reason,
            at=self.now,
            by=self.by,
            of_import=self.of_import,
            **rest,
        )


def apply_moves(moves: Sequence[Move], found: Snapshot, author: Author) -> None:
    """Every move, with its row of history. `found` is the register the plan was made against."""
    _authorities([move for move in moves if move.subject == Subject.AUTHORITY], found, author)
    _boards([move for move in moves if move.subject == Subject.BOARD], found, author)
    chairs = [move for move in moves if move.subject == Subject.APPOINTMENT]
    if chairs:
        _chairs(chairs, author)


def batches(rows: Iterable[T]) -> Iterator[list[T]]:
    """The rows, some thousand at a time."""
    batch: list[T] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _authorities(moves: list[Move], found: Snapshot, author: Author) -> None:
    for batch in batches(moves):
        rows = [Authority(gss_code=move.key[0], **_whole(found.authorities, move, AUTHORITY_FIELDS)) for move in batch]
        Authority.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["gss_code"], update_fields=AUTHORITY_FIELDS
        )
        keys = keys_of(Authority.objects.all(), "gss_code", [move.key[0] for move in batch])
        _note(batch, [(keys[move.key[0]], None, None) for move in batch], author)


def _boards(moves: list[Move], found: Snapshot, author: Author) -> None:
    for batch in batches(moves):
        rows = [Board(slug=move.key[0], **_whole(found.boards, move, BOARD_FIELDS)) for move in batch]
        Board.objects.bulk_create(rows, update_conflicts=True, unique_fields=["slug"], update_fields=BOARD_FIELDS)
    boards: dict[str, int] = {}
    for batch in batches(moves):
        boards |= keys_of(Board.objects.all(), "slug", [move.key[0] for move in batch])
    for batch in batches(move for move in moves if "authorities" in move.after):
        old = [boards[move.key[0]] for move in batch if move.kind != ChangeKind.ADDED]
        BoardAuthority.objects.filter(board__in=old).delete()
    for batch in batches(move for move in moves if "authorities" in move.after):
        codes = {code for move in batch for code in _codes(move)}
        authorities = keys_of(Authority.objects.all(), "gss_code", codes)
        if found.boards:
            BoardAuthority.objects.filter(authority__in=authorities.values()).delete()
        BoardAuthority.objects.bulk_create(
            BoardAuthority(board_id=boards[move.key[0]], authority_id=authorities[code], position=position)
            for move in batch
            for position, code in enumerate(_codes(move))
        )
    for batch in batches(moves):
        _note(batch, [(boards[move.key[0]], boards[move.key[0]], None) for move in batch], author)


def _codes(move: Move) -> list[str]:
    return [str(code) for code in move.after["authorities"] or ()]


def _whole(known: Mapping[str, Fields], move: Move, fields: Sequence[str]) -> dict[str, Any]:
    """All fields of the row as it will be; those the move does not speak of stay."""
    row = {**known.get(move.key[0], {}), **move.after}
    return {name: _cell(name, row.get(name)) for name in fields}


def _cell(name: str, value: Value) -> object:
    return date.fromisoformat(value) if name in {"started_on", "ended_on"} and isinstance(value, str) else value


def _chairs(moves: list[Move], author: Author) -> None:
    people = _people(moves, author)
    for batch in batches(moves):
        boards = keys_of(Board.objects.all(), "slug", {move.key[0] for move in batch})
        standing = {
            (row.board_id, row.person_id, row.from_date): row
            for row in Appointment.objects.filter(board__in=boards.values())
        }
        rows = [_appointment(move, boards, people, standing) for move in batch]
        Appointment.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["board", "person", "from_date"],
            update_fields=["until_date", "kind"],
        )
        keys = {
            (row.board_id, row.person_id, row.from_date.isoformat()): row.pk
            for row in Appointment.objects.filter(board__in=boards.values())
        }
        owners = [(move.key[2], boards[move.key[0]], people[move.key[1]]) for move in batch]
        _note(batch, [(keys[board, person, begins], board, person) for begins, board, person in owners], author)


def _appointment(
    move: Move,
    boards: Mapping[str, int],
    people: Mapping[str, int],
    standing: Mapping[tuple[int, int, date], Appointment],
) -> Appointment:
    board, person, begins = boards[move.key[0]], people[move.key[1]], date.fromisoformat(move.key[2])
    before = standing.get((board, person, begins))
    until = move.after.get("until", as_value(before.until_date) if before else None)
    return Appointment(
        board_id=board,
        person_id=person,
        from_date=begins,
        until_date=date.fromisoformat(until) if isinstance(until, str) else None,
        kind=str(move.after.get("kind") or (before.kind if before else AppointmentKind.CHAIR)),
    )


def _people(moves: Sequence[Move], author: Author) -> dict[str, int]:
    """The people at these addresses: those we do not know are made known, those who are called otherwise renamed."""
    names = {move.key[1]: str(move.after.get("name") or "") for move in moves}
    found: dict[str, int] = {}
    for batch in batches(names):
        known = {person.email: person for person in User.objects.filter(email__in=batch)}
        new = [_person(email, names[email]) for email in batch if email not in known]
        User.objects.bulk_create(new)
        EmailAddress.objects.bulk_create(
            EmailAddress(user_id=person.pk, email=person.email, verified=True, primary=True) for person in new
        )
        renamed = [person for person in known.values() if names[person.email] not in ("", person.name)]
        changes = [
            author.change(
                Subject.PERSON, each.pk, board=None, about=str(each), kind=ChangeKind.ADDED, values=_named(each)
            )
            for each in new
        ]
        for person in renamed:
            values: dict[str, list[Value]] = {"name": [person.name, names[person.email]]}
            person.name = names[person.email]
            changes.append(
                author.change(
                    Subject.PERSON, person.pk, board=None, about=str(person), kind=ChangeKind.CHANGED, values=values
                )
            )
        User.objects.bulk_update(renamed, ["name"])
        RegisterChange.objects.bulk_create(changes)
        found |= {person.email: person.pk for person in (*known.values(), *new)}
    return found


def _named(person: User) -> dict[str, list[Value]]:
    return {"name": [None, person.name], "email": [None, person.email]}


def _person(email: str, name: str) -> User:
    return User(email=email, name=name, password=make_password(None))


def keys_of(rows: QuerySet[Any], name: str, wanted: Iterable[str]) -> dict[str, int]:
    """The primary keys of the rows that have these natural keys."""
    return dict(rows.filter(**{f"{name}__in": list(wanted)}).values_list(name, "pk"))


def _note(moves: list[Move], keys: list[tuple[int, int | None, int | None]], author: Author) -> None:
    """The history of these moves; `keys` are of each row, of the board whose history it belongs to, of the person."""
    RegisterChange.objects.bulk_create(
        author.change(
            move.subject, key, board=board, about=move.about, kind=move.kind, values=move.values, person_key=person
        )
        for move, (key, board, person) in zip(moves, keys, strict=True)
    )
    author.count(len(moves))
