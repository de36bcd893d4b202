"""Services: one administrator asks that somebody has a role, another approves; nothing happens before."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.audit.acts import Act
from accounts.audit.recording import record
from accounts.models import Role, User
from accounts.outbox.letters import letter_from
from accounts.outbox.models import MessageKind
from accounts.outbox.queueing import new_message, queue_message
from accounts.people import clean_email
from accounts.refusals import Overtaken, Refusal
from accounts.staff.acts import ROLE_APPROVED, ROLE_ASKED, ROLE_ENDED
from accounts.staff.managing import (
    add_staff,
    change_role,
    clean_name,
    held,
    keep_an_administrator,
    lock_administrators,
    require_unknown,
)
from accounts.staff.models import Decision, RoleRequest
from accounts.store.taken import unless_taken

ALONE = "Where there is no other administrator, somebody who runs the machine does it with “manage.py approve_role {}”."


class NeedsAnotherPerson(Refusal):
    """Whoever asks for a role cannot approve it."""

    title = "Another administrator has to approve this"


class RequestIsOver(Overtaken):
    """A request that was decided, or fits no longer."""

    title = "This request cannot be approved"


@transaction.atomic
def ask_for_new(email: str, *, name: str, role: Role, by: User, now: datetime) -> RoleRequest:
    """Asks that somebody new has this role; a ValidationError for an address that is taken, asked for or none."""
    address, called = clean_email(email), clean_name(name)
    require_unknown(address)
    already = ValidationError(f"{address} waits for approval already. Open “People” to see who asked.")
    if RoleRequest.objects.waiting().filter(email=address).exists():
        raise already
    asked = RoleRequest(email=address, name=called, role=role.value, asked_by=by, asked_at=now)
    return _asked(asked, refused=already)


@transaction.atomic
def ask_for_role(person: User, *, role: Role, by: User, now: datetime) -> RoleRequest | None:
    """Asks that this person has another role; nothing if they have it. The last administrator stays one."""
    found = held(person)
    if found.role == role:
        return None
    if role != Role.ADMINISTRATOR:
        keep_an_administrator(found)
    already = RequestIsOver(f"Another role of {found} waits for approval already. Approve or end that request first.")
    if RoleRequest.objects.waiting().filter(email=found.email).exists():
        raise already
    asked = RoleRequest(person=found, email=found.email, name=found.name, asked_by=by, asked_at=now)
    asked.role, asked.role_before = role.value, found.role
    return _asked(asked, refused=already)


@transaction.atomic
def approve(request: RoleRequest, *, by: User | None, now: datetime) -> User:
    """The person has the role. `by` is nobody where an operator approves; never whoever asked."""
    found = _waiting(request)
    if by is not None and found.asked_by_id == by.pk:
        raise NeedsAnotherPerson(f"You asked for this role, so somebody else approves it. {ALONE.format(found.pk)}")
    if not found.asked_by.is_active or found.asked_by.role != Role.ADMINISTRATOR:
        raise RequestIsOver(f"{found.asked_by}, who asked for it, is no administrator any more. End it, and ask anew.")
    _decided(found, Decision.APPROVED, ROLE_APPROVED, by=by, now=now)
    return _granted(found, by=by, now=now)


@transaction.atomic
def end(request: RoleRequest, *, by: User, now: datetime) -> None:
    """The request is refused, or taken back by whoever asked; nobody’s role changes."""
    _decided(_waiting(request), Decision.ENDED, ROLE_ENDED, by=by, now=now)


def _granted(found: RoleRequest, *, by: User | None, now: datetime) -> User:
    if found.person is None:
        try:
            return add_staff(found.email, name=found.name, role=Role(found.role), by=by, now=now)
        except ValidationError as error:
            raise RequestIsOver(" ".join(error.messages)) from None
    person = held(found.person)
    if person.role != found.role_before:
        raise RequestIsOver(f"The role of {person} has changed since. End this request, and ask anew.")
    change_role(person, role=Role(found.role), by=by, now=now)
    return User.objects.get(pk=person.pk)


def _waiting(request: RoleRequest) -> RoleRequest:
    lock_administrators()
    found = RoleRequest.objects.select_for_update().waiting().filter(pk=request.pk).first()
    if found is None:
        raise RequestIsOver("It was decided already. Open “People” to see how things stand.")
    return found


def _decided(found: RoleRequest, decision: Decision, act: Act, *, by: User | None, now: datetime) -> None:
    found.decision, found.decided_by, found.decided_at = decision.value, by, now
    found.save(update_fields=["decision", "decided_by", "decided_at"])
    detail = {"role": found.role, "asked_by": found.asked_by.email}
    record(act, by=by, subject=found, about=_said(found), detail=detail, now=now)


def _asked(request: RoleRequest, *, refused: Exception) -> RoleRequest:
    """Kept, unless the same waits already, recorded, and told to every other administrator."""
    with unless_taken(refused):
        request.save()
    by, now = request.asked_by, request.asked_at
    record(ROLE_ASKED, by=by, subject=request, about=_said(request), detail={"role": request.role}, now=now)
    values = {"request": request, "site": settings.SITE_URL}
    told = letter_from("account/email/role_asked.txt", values, subject="A role waits for your approval")
    for other in User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=by.pk):
        key = f"role_asked:{request.pk}:{other.pk}"
        queue_message(new_message(key, kind=MessageKind.SURVEY_TEAM, recipient=other.email, letter=told, now=now))
    return request


def _said(request: RoleRequest) -> str:
    return f"{request.name} ({request.email})" if request.name else request.email
