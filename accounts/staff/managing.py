"""Services: staff are added, get another role, are shut out and let in. All is recorded and ends their sessions."""

import unicodedata
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.audit.acts import Act
from accounts.audit.recording import record
from accounts.models import STAFF, Role, User
from accounts.outbox.letters import letter_from
from accounts.outbox.models import MessageKind
from accounts.outbox.queueing import new_message, queue_message
from accounts.people import clean_email, ensure_person
from accounts.refusals import Refusal
from accounts.second.setting_up import forget_second
from accounts.signed_in.ending import shut_out
from accounts.staff.acts import ADDED, DEACTIVATED, REACTIVATED, ROLE_CHANGED, SECOND_RESET
from accounts.staff.models import LONGEST_NAME


class NoAdministratorWouldBeLeft(Refusal):
    """Without an administrator nobody could let anybody in again."""

    title = "The survey would have no administrator"


@transaction.atomic
def add_staff(email: str, *, name: str, role: Role, by: User | None, now: datetime) -> User:
    """A new member of staff, who is told so by email; a ValidationError for an address that is taken or none."""
    address, called = clean_email(email), clean_name(name)
    require_unknown(address)
    person = ensure_person(address, name=called, role=role)
    record(ADDED, by=by, subject=person, about=_said(person), detail={"role": role.value}, now=now)
    _tell(person, "staff_added", subject="You now work on the survey", now=now)
    return person


@transaction.atomic
def change_role(person: User, *, role: Role, by: User | None, because: str = "", now: datetime) -> None:
    """The person has this role from their next request on, for which they sign in anew.

    `because` says what stands behind it where it is nobody's act (`by` is nobody).
    """
    found = held(person)
    if found.role == role:
        return
    if role != Role.ADMINISTRATOR:
        keep_an_administrator(found)
    detail = {"from": found.role, "to": role.value, **_because(because)}
    _change(found, ROLE_CHANGED, by=by, detail=detail, now=now, role=role)


@transaction.atomic
def deactivate(person: User, *, by: User | None, because: str = "", now: datetime) -> None:
    """The person is out at their next request, and cannot sign in."""
    found = held(person)
    if found.is_active:
        keep_an_administrator(found)
        _change(found, DEACTIVATED, by=by, detail=_because(because), now=now, is_active=False)


@transaction.atomic
def reactivate(person: User, *, by: User, now: datetime) -> None:
    """The person can sign in again, with the role they had; at the department's sign-in, as whoever comes first."""
    found = held(person)
    if not found.is_active:
        _change(found, REACTIVATED, by=by, now=now, is_active=True, provider_account=None)


@transaction.atomic
def reset_second(person: User, *, by: User, now: datetime) -> None:
    """The person sets up their second step anew when they sign in next; they are told by email."""
    found = held(person)
    forget_second(found)
    _change(found, SECOND_RESET, by=by, now=now)
    _tell(found, "second_reset", subject="Your second step was reset", now=now)


def require_unknown(address: str) -> None:
    """A ValidationError if somebody has this address."""
    if User.objects.filter(email=address).exists():
        raise ValidationError(f"{address} is known already. Give an address that nobody in the survey uses yet.")


def clean_name(text: str) -> str:
    """The name in one line, or a ValidationError."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name or len(name) > LONGEST_NAME or any(unicodedata.category(each) in {"Cc", "Cs"} for each in name):
        raise ValidationError(f"Enter a name in ordinary characters, of {LONGEST_NAME} at most.")
    return name


def lock_administrators() -> None:
    """Before anything else is locked or recorded: whoever changes or gives roles waits here for the others."""
    list(User.objects.filter(role=Role.ADMINISTRATOR).select_for_update().order_by("pk"))


def held(person: User) -> User:
    """Everybody on whom it could depend whether an administrator is left, locked in one order; then the person."""
    lock_administrators()
    return User.objects.select_for_update().get(pk=person.pk, role__in=STAFF)


def keep_an_administrator(leaving: User) -> None:
    """Raises NoAdministratorWouldBeLeft if this person is the only one."""
    others = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=leaving.pk)
    if leaving.role == Role.ADMINISTRATOR and leaving.is_active and not others.exists():
        raise NoAdministratorWouldBeLeft(
            f"{leaving} is the only administrator. Make somebody else an administrator first, then try again."
        )


def _change(
    person: User, act: Act, *, by: User | None, now: datetime, detail: dict[str, str] | None = None, **changes: object
) -> None:
    shut_out(person, **changes)
    record(act, by=by, subject=person, about=_said(person), detail=detail, now=now)


def _because(reason: str) -> dict[str, str]:
    return {"because": reason} if reason else {}


def _said(person: User) -> str:
    return f"{person} ({person.email})" if person.name else person.email


def _tell(person: User, template: str, *, subject: str, now: datetime) -> None:
    told = letter_from(f"account/email/{template}.txt", {"person": person, "site": settings.SITE_URL}, subject=subject)
    key = f"{template}:{person.pk}:{now.isoformat()}"
    queue_message(new_message(key, kind=MessageKind.SURVEY_TEAM, recipient=person.email, letter=told, now=now))
