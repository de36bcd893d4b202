"""What the pages about staff show, ready to print."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import Role, User
from accounts.staff.roles import WHAT_THEY_DO

DONE = {
    "deactivate": "They are out at their next click and cannot sign in. What they did stays on record.",
    "reactivate": "They can sign in again, with the role they had.",
    "reset": "They are signed out, and set up a new authenticator app when they sign in next. Do this only for "
    "somebody you know by voice or face: until then their email alone lets them in.",
}
ASKED = {"deactivate": "Deactivate", "reactivate": "Let in again", "reset": "Reset the second step of"}


@dataclass(frozen=True)
class StaffRow:
    """One member of staff in the list."""

    name: str
    url: str
    email: str
    role: str
    state: str
    last_sign_in: object


@dataclass(frozen=True)
class StaffPage:
    """One member of staff."""

    person: User
    role: str
    role_does: str
    state: str
    second_step: str
    acts_url: str
    role_url: str
    changes: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class ConfirmPage:
    """A question before something is done to a person."""

    title: str
    effect: str
    back_url: str
    back_words: str
    is_warning: bool


def staff_rows(people: Iterable[User]) -> list[StaffRow]:
    """The list."""
    return [
        StaffRow(str(found), _url("person", found), found.email, _role(found), _state(found), found.last_login)
        for found in people
    ]


def staff_page(person: User, *, has_second: bool) -> StaffPage:
    """One person."""
    verbs = ["deactivate" if person.is_active else "reactivate", *(["reset"] if has_second else [])]
    return StaffPage(
        person,
        role=_role(person),
        role_does=WHAT_THEY_DO[Role(person.role)],
        state=_state(person),
        second_step="Set up" if has_second else "Not set up yet: asked for at the next sign-in",
        acts_url=f"{reverse('audit:entries')}?person={person.email}",
        role_url=_url("role", person),
        changes=[(_asked(verb, person), _url(verb, person)) for verb in verbs],
    )


def confirm_page(verb: str, person: User) -> ConfirmPage:
    """Whether to do this to the person."""
    return ConfirmPage(_asked(verb, person), DONE[verb], _url("person", person), str(person), verb != "reactivate")


def _asked(verb: str, person: User) -> str:
    return f"{ASKED[verb]} {person}"


def _role(person: User) -> str:
    return Role(person.role).label


def _state(person: User) -> str:
    return "Active" if person.is_active else "Deactivated"


def _url(name: str, person: User) -> str:
    return reverse(f"people:{name}", args=[person.pk])
