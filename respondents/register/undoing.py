"""Service: a whole import is undone from its history, while nothing was built on it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Model, ProtectedError, QuerySet

from accounts.audit.recording import record
from accounts.collecting import collecting_rarely
from accounts.models import Role, User
from accounts.refusals import Refusal
from respondents.register.acts import IMPORT_UNDONE
from respondents.register.applying import Author, batches
from respondents.register.forgetting import forget_in_history
from respondents.register.history import (
    ChangeKind,
    ImportState,
    RegisterChange,
    RegisterImport,
    Subject,
    Value,
    Values,
    hold_register,
)
from respondents.register.models import Appointment, Authority, Board, BoardAuthority
from respondents.register.telling_many import tell_of_import
from survey.models import Wave

_DAYS = {"until": "until_date"}


class NotUndoable(Refusal):
    """Something was built on the import."""

    title = "This import cannot be undone any more"


def why_not_undoable(applied: RegisterImport, *, state: ImportState = ImportState.APPLIED) -> str:
    """Why the import cannot be undone; nothing if it can."""
    if applied.state != state or applied.applied_at is None:
        return f"It is {applied.get_state_display().lower()}."
    wave = Wave.objects.filter(opened_at__gte=applied.applied_at).order_by("opened_at").first()
    if wave:
        return f"The frame of the wave “{wave}” was taken from the register since. Correct single rows instead."
    last = applied.changes.aggregate(last=Max("pk"))["last"] or 0
    keys = applied.changes.values("subject", "key").distinct()
    for subject in Subject:
        later = RegisterChange.objects.filter(
            pk__gt=last, subject=subject, key__in=keys.filter(subject=subject).values("key")
        )
        if change := later.order_by("pk").first():
            return f"{change.about} was changed since. Undo that first, or correct single rows instead."
    return ""


@collecting_rarely(100_000)
@transaction.atomic
def undo_import(import_id: int, *, by: User, now: datetime, state: ImportState = ImportState.APPLIED) -> RegisterImport:
    """Puts back every row that the import changed and takes away those it added; NotUndoable says what stands on it."""
    hold_register()
    applied = RegisterImport.objects.select_for_update().get(pk=import_id)
    if reason := why_not_undoable(applied, state=state):
        raise NotUndoable(reason)
    added = _keys_of(applied)
    author = Author(by=by, now=now, reason=f"Undid the import of {applied.name}")
    try:
        for subject in (Subject.APPOINTMENT, Subject.PERSON, Subject.BOARD, Subject.AUTHORITY):
            for batch in batches(applied.changes.filter(subject=subject).order_by("-pk").iterator()):
                _undo(subject, batch, author)
    except ProtectedError as error:
        standing = next(iter(error.protected_objects))
        kind = standing._meta.verbose_name  # noqa: SLF001 -- Django's public name for it
        raise NotUndoable(f"There is a {kind} that refers to a row it added. Correct single rows instead.") from None
    forget_in_history(added - _keys_of(applied))
    applied.state, applied.undone_by, applied.undone_at = ImportState.UNDONE, by, now
    applied.save()
    record(IMPORT_UNDONE, by=by, subject=applied, about=applied.name, detail=applied.counts, now=now)
    tell_of_import(applied, undone=True, by=by, now=now)
    return applied


def _keys_of(applied: RegisterImport) -> set[int]:
    """The people whom the import made known and who are still there."""
    made = applied.changes.filter(subject=Subject.PERSON, kind=ChangeKind.ADDED).values("key")
    return set(User.objects.filter(pk__in=made).values_list("pk", flat=True))


def _undo(subject: Subject, changes: Sequence[RegisterChange], author: Author) -> None:
    rows: dict[Subject, QuerySet[Any]] = {
        Subject.APPOINTMENT: Appointment.objects.all(),
        Subject.PERSON: User.objects.all(),
        Subject.BOARD: Board.objects.all(),
        Subject.AUTHORITY: Authority.objects.all(),
    }
    added = [change for change in changes if change.kind == ChangeKind.ADDED]
    changed = [change for change in changes if change.kind != ChangeKind.ADDED]
    _take_away(subject, rows[subject], [change.key for change in added])
    _put_back(rows[subject], changed)
    if subject == Subject.BOARD:
        _cover_again(changed)
    RegisterChange.objects.bulk_create(_note(change, author) for change in changes)


def _note(change: RegisterChange, author: Author) -> RegisterChange:
    """What undoing a change is in the history: the same, the other way round."""
    kind = ChangeKind.REMOVED if change.kind == ChangeKind.ADDED else ChangeKind.CHANGED
    values: Values = {name: [after, before] for name, (before, after) in change.values.items()}
    subject, board, person = Subject(change.subject), change.board_key, change.person_key
    noted = author.change(subject, change.key, board=board, about=change.about, kind=kind, values=values)
    noted.person_key = person
    return noted


def _take_away(subject: Subject, rows: QuerySet[Any], keys: list[int]) -> None:
    """The rows are gone; of people only those who never signed in and whom nothing else names."""
    if subject == Subject.PERSON:
        for person in User.objects.filter(pk__in=keys, last_login=None, role=Role.RESPONDENT):
            _forget(person)
        return
    if subject == Subject.BOARD and (chaired := Appointment.objects.filter(board__in=keys).first()):
        raise NotUndoable(f"{chaired.board} has been given a chair since. Correct single rows instead.")
    rows.filter(pk__in=keys).delete()


def _forget(person: User) -> None:
    try:
        with transaction.atomic():
            person.delete()
    except ProtectedError:
        return  # somebody else names them: they stay, as a person without a board


def _put_back(rows: QuerySet[Any], changes: Iterable[RegisterChange]) -> None:
    """The fields that each change names, as they stood before it."""
    before = {change.key: {name: values[0] for name, values in change.values.items()} for change in changes}
    found = [_with_fields(row, before[row.pk]) for row in rows.filter(pk__in=before)]
    fields = {_DAYS.get(name, name) for fields in before.values() for name in fields} - {"authorities"}
    known = {field.name for field in rows.model._meta.concrete_fields}  # noqa: SLF001 -- Django's public name for it
    if fields & known:
        rows.bulk_update(found, sorted(fields & known), batch_size=200)


def _with_fields(row: Model, fields: dict[str, Value]) -> Model:
    for name, value in fields.items():
        is_day = name in {"started_on", "ended_on", "until"}
        if name != "authorities":
            setattr(row, _DAYS.get(name, name), date.fromisoformat(str(value)) if is_day and value else value)
    return row


def _cover_again(changes: Iterable[RegisterChange]) -> None:
    """Boards cover what they covered before."""
    covered = {change.key: change.values["authorities"][0] for change in changes if "authorities" in change.values}
    codes = {code for found in covered.values() for code in found}
    keys = dict(Authority.objects.filter(gss_code__in=codes).values_list("gss_code", "pk"))
    BoardAuthority.objects.filter(board__in=covered).delete()
    BoardAuthority.objects.filter(authority__in=keys.values()).delete()
    BoardAuthority.objects.bulk_create(
        BoardAuthority(board_id=board, authority_id=keys[code], position=position)
        for board, found in covered.items()
        for position, code in enumerate(found)
    )
