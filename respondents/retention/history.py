"""The history of the register forgets who somebody was; what happened and when stays."""

from collections.abc import Iterable

from django.db.models import Q

from accounts.erasing import rewrite
from accounts.models import User
from respondents.register.history import RegisterChange, Subject

_OF_PERSON = ("name", "email")


def forget_in_history(person: User, *, name: str) -> None:
    """Puts this name in place of the person's name and address wherever the history of the register says them."""
    appointments = person.appointments.values("pk")
    about_them = Q(subject=Subject.PERSON, key=person.pk) | Q(subject=Subject.APPOINTMENT, key__in=appointments)
    rewrite(list(_without(RegisterChange.objects.filter(about_them), name)))


def _without(changes: Iterable[RegisterChange], name: str) -> Iterable[RegisterChange]:
    for change in changes:
        change.about = name
        change.reason = ""
        change.values = {
            field: [value and name for value in values] if field in _OF_PERSON else values
            for field, values in change.values.items()
        }
        yield change
