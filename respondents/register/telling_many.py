"""Services: of an import, and of one that is undone, people are told as of single changes; a batch at a time."""

from collections.abc import Sequence
from datetime import datetime

from accounts.models import User
from respondents.register.applying import batches
from respondents.register.history import ChangeKind, RegisterChange, RegisterImport, Subject, Values
from respondents.register.models import Appointment, Board
from respondents.register.telling import loses_days, note_while_open, tell_of_chairs


def tell_of_import(applied: RegisterImport, *, undone: bool = False, by: User, now: datetime) -> None:
    """Writes of each appointment that an import changed, or its undoing, and notes on which open surveys it bears."""
    changes = applied.changes.filter(subject=Subject.APPOINTMENT)
    boards = changes.order_by("board_key").values_list("board_key", flat=True).distinct()
    for batch in batches(boards.iterator()):
        _tell(list(changes.filter(board_key__in=batch)), undone=undone, by=by, now=now)
    note_while_open(Board.objects.filter(pk__in=changes.values("board_key")), about=applied.name, by=by, now=now)


def _tell(changes: Sequence[RegisterChange], *, undone: bool, by: User, now: datetime) -> None:
    """Of all the changes to some boards: who came, and who lost days."""
    appointments = Appointment.objects.select_related("person", "board")
    found = appointments.in_bulk([change.key for change in changes])
    still = [(found[change.key], change) for change in changes if change.key in found]
    shorter = {each.pk for each, change in still if _loses(each, change, undone=undone, now=now)}
    made = [each for key, each in found.items() if key not in shorter]
    left = [found[key] for key in sorted(shorter)]
    new = set() if undone else {change.key for change in changes if change.kind == ChangeKind.ADDED}
    tell_of_chairs(made, left=[*left, *_taken_away(changes, found)], new=new, by=by, now=now)


def _loses(found: Appointment, change: RegisterChange, *, undone: bool, now: datetime) -> bool:
    values: Values = {name: [*reversed(pair)] if undone else pair for name, pair in change.values.items()}
    return change.kind != ChangeKind.ADDED and loses_days(found, values, now=now)


def _taken_away(changes: Sequence[RegisterChange], found: dict[int, Appointment]) -> list[Appointment]:
    """The appointments that are gone, without a key, of those people and boards that are still known."""
    gone = [change for change in changes if change.key not in found]
    people = User.objects.in_bulk([change.person_key for change in gone])
    boards = Board.objects.in_bulk([change.board_key for change in gone])
    known = [each for each in gone if each.person_key in people and each.board_key in boards]
    return [Appointment(person=people[each.person_key], board=boards[each.board_key]) for each in known]
