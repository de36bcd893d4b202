"""The history of the register forgets who somebody was; what happened and when stays."""

from collections.abc import Collection, Iterable, Iterator

from django.db.models import Q, QuerySet

from accounts.erasing import rewrite
from accounts.people import ERASED_NAME
from respondents.register.applying import batches
from respondents.register.history import RegisterChange, Subject

_OF_PERSON = ("name", "email")


def forget_in_history(people: Collection[int]) -> None:
    """Takes names and addresses of the people with these numbers out of every change, also of rows that are gone."""
    for some in batches(people):
        for changes in batches(_about(some).iterator()):
            rewrite(list(_without(changes)))


def addresses_of(person: int) -> set[str]:
    """Every address that the history of the register has of the person with this number."""
    return _ever("email", person)


def names_of(person: int) -> set[str]:
    """Every name that it has of them."""
    return _ever("name", person)


def _ever(field: str, person: int) -> set[str]:
    values = RegisterChange.objects.filter(subject=Subject.PERSON, key=person).values_list("values", flat=True)
    return {str(each) for fields in values for each in fields.get(field, ()) if each}


def _about(people: Collection[int]) -> QuerySet[RegisterChange]:
    return RegisterChange.objects.filter(Q(person_key__in=people) | Q(subject=Subject.PERSON, key__in=people))


def _without(changes: Iterable[RegisterChange]) -> Iterator[RegisterChange]:
    for change in changes:
        change.about = ERASED_NAME
        change.reason = ""
        change.values = {
            field: [value and ERASED_NAME for value in values] if field in _OF_PERSON else values
            for field, values in change.values.items()
        }
        yield change
