"""Service: one person's name and address are erased before their time, since they asked or the department decided."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from accounts.audit.acts import declare
from accounts.audit.models import AuditEntry
from accounts.audit.recording import record
from accounts.models import Role, User
from accounts.refusals import Overtaken
from respondents.retention.people import HOST, erase, in_office
from respondents.returns.models import Return

ERASED_ONE = declare("retention.person_erased", "Erased who a person was")


class StillNeeded(Overtaken):
    """The register still needs this person."""

    title = "This person cannot be erased yet"


def why_needed(person: User, *, now: datetime) -> str:
    """Why somebody cannot be erased yet, and what to do first; empty if they can."""
    board = person.appointments.filter(in_office(now)).select_related("board").first()
    if board is not None:
        return f"{person} chairs {board.board} today. Record on the register who follows, then erase this person."
    helps = Return.objects.filter(contributions__in=person.contributions.filter(removed_at=None))
    is_open = Q(wave__closes_at__gt=now) | Q(extended_until__gt=now) | Q(reopenings__until__gt=now)
    found = helps.filter(is_open).select_related("wave").first()
    if found is not None:
        return (
            f"{person} helps with a return of “{found.wave}”, which is open. Ask the chair to take them off it, or "
            "wait until it has closed."
        )
    return ""


@transaction.atomic
def erase_person(person: User, *, reference: str, by: User, now: datetime) -> AuditEntry:
    """Erases name and address everywhere and ends the account; the entry in the audit is what is certified.

    The entry names nobody: it bears the account's number and the department's own reference.
    """
    found = User.objects.select_for_update().get(pk=person.pk, role=Role.RESPONDENT)
    reason = why_needed(found, now=now)
    if reason:
        raise StillNeeded(reason)
    erase(User.objects.all(), [found.pk], now)
    detail = {"account": found.pk, "reference": reference}
    return record(ERASED_ONE, by=by, about=f"Account {found.pk}", detail=detail, now=now)


def is_erased(person: User) -> bool:
    """Whether nobody is known behind this account any more."""
    return person.email.endswith(f"@{HOST}")
