"""Service: whoever the provider vouches for is found among the staff, with the role their groups give them."""

from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.audit.recording import record
from accounts.models import STAFF, User
from accounts.provider.acts import TURNED_AWAY
from accounts.provider.claims import Identity
from accounts.provider.refusals import ANOTHER_ACCOUNT, NO_GROUP, SUSPENDED, UNKNOWN, UNVERIFIED, NotSignedIn
from accounts.refusals import Refusal
from accounts.security_log import Event, address_digest, note
from accounts.signed_in.ending import shut_out
from accounts.staff.managing import NoAdministratorWouldBeLeft, change_role, deactivate

GROUPS = "groups at the department"


def person_let_in(identity: Identity, *, now: datetime) -> User:
    """The member of staff, who may come in; a refusal, recorded, for anybody else. Chairs never come in this way."""
    if not identity.email or not identity.is_verified:
        raise _recorded(NotSignedIn(UNVERIFIED), None, identity, now=now)
    person = User.objects.filter(email=identity.email, role__in=STAFF).first()
    if person is None:
        raise _recorded(NotSignedIn(UNKNOWN), None, identity, now=now)
    if not person.is_active:
        raise _recorded(NotSignedIn(SUSPENDED), person, identity, now=now)
    if not _is_theirs(identity.account, person):
        raise _recorded(NotSignedIn(ANOTHER_ACCOUNT), person, identity, now=now)
    if identity.gives_roles:
        _follow_groups(person, identity, now=now)
    return User.objects.get(pk=person.pk)


def _is_theirs(account: str, person: User) -> bool:
    """The first account at the provider that comes with the address is this person's for good; no other ever is."""
    try:
        with transaction.atomic():
            User.objects.filter(pk=person.pk, provider_account=None).update(provider_account=account)
    except IntegrityError:  # it is somebody else's
        return False
    return User.objects.filter(pk=person.pk, provider_account=account).exists()


def _follow_groups(person: User, identity: Identity, *, now: datetime) -> None:
    """Without a group they are out; with one they have its role. Either way older sessions end when it changes."""
    try:
        if identity.role is None:
            deactivate(person, by=None, because=GROUPS, now=now)
        else:
            change_role(person, role=identity.role, by=None, because=GROUPS, now=now)
    except NoAdministratorWouldBeLeft as refusal:
        shut_out(person)  # the row stays, so that the emergency way has somebody to let in
        raise _recorded(refusal, person, identity, now=now) from None
    if identity.role is None:
        raise _recorded(NotSignedIn(NO_GROUP), person, identity, now=now)


def _recorded(refusal: Refusal, person: User | None, identity: Identity, *, now: datetime) -> Refusal:
    detail = {"title": refusal.title, "reason": refusal.message}
    stranger = f"Address {address_digest(identity.email)} of the security log"
    about = str(person) if person else stranger
    record(TURNED_AWAY, by=person, about=about, detail=detail, now=now)
    note(Event.TURNED_AWAY, person=person.pk if person else None, email=identity.email, reason="provider")
    return refusal
