"""Services: what the survey team notes of a board, decides of it, and to whom nothing is sent."""

from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from accounts.audit.acts import declare
from accounts.audit.recording import account_words, record
from accounts.models import User
from accounts.store.taken import unless_taken
from respondents.contacts.models import (
    CameOfIt,
    ContactEntry,
    ContactKind,
    ContactSettings,
    DispositionWords,
    OutcomeDecision,
    Stop,
)
from respondents.register.models import Board
from respondents.returns.models import Return
from survey.models import Wave

NOTED = declare("contact.noted", "Noted a contact with a board")
DECIDED = declare("outcome.decided", "Decided the outcome of a board")
STOPPED = declare("stop.added", "Put somebody on the stop list")
LIFTED = declare("stop.lifted", "Took somebody off the stop list")
SET = declare("contacts.settings", "Changed the settings of the contacts")


@transaction.atomic
def note_contact(
    found: Return,
    *,
    key: UUID,
    kind: ContactKind,
    came_of_it: CameOfIt,
    note: str,
    follow_up: date | None,
    by: User,
    now: datetime,
) -> None:
    """Adds an entry to the board's log; the same form sent twice is one entry."""
    written = {"kind": kind, "came_of_it": came_of_it, "note": note, "follow_up": follow_up, "by": by, "at": now}
    _, is_new = ContactEntry.objects.get_or_create(survey_return=found, key=key, defaults=written)
    if is_new:
        detail = {"kind": str(kind), "came_of_it": str(came_of_it)}
        record(NOTED, by=by, subject=found, about=str(found.board), wave=found.wave.slug, detail=detail, now=now)


@transaction.atomic
def decide_outcome(found: Return, *, disposition: str, reason: str, by: User, now: datetime) -> None:
    """Sets the board's outcome against what follows from the data; a blank one goes back to what follows."""
    if disposition and disposition not in DispositionWords.values:
        raise ValidationError(f"“{disposition}” is no outcome.")
    OutcomeDecision.objects.create(survey_return=found, disposition=disposition, reason=reason, by=by, at=now)
    detail = {"disposition": disposition or "as derived"}
    record(DECIDED, by=by, subject=found, about=str(found.board), wave=found.wave.slug, detail=detail, now=now)


@transaction.atomic
def stop(*, email: str = "", board: Board | None = None, reason: str, by: User, now: datetime) -> None:
    """Puts an address or a board on the stop list; ValidationError if it stands there already."""
    known = Stop.objects.in_force().filter(email=email) if email else Stop.objects.in_force().filter(board=board)
    already = ValidationError(f"{email or board} is on the stop list already.")
    if known.exists():
        raise already
    with unless_taken(already):
        added = Stop.objects.create(email=email, board=board, reason=reason, by=by, at=now)
    record(STOPPED, by=by, subject=added, about=_about(added), now=now)


@transaction.atomic
def lift(found: Stop, *, by: User, now: datetime) -> None:
    """Takes an entry off the stop list; it is kept."""
    if Stop.objects.in_force().filter(pk=found.pk).update(lifted_by=by, lifted_at=now):
        record(LIFTED, by=by, subject=found, about=_about(found), now=now)


def _about(found: Stop) -> str:
    """Whom nothing is sent to, as the audit says it: an address stays on the list alone."""
    if found.board:
        return str(found.board)
    person = User.objects.filter(email=found.email).first()
    return account_words(person) if person else f"An address: entry {found.pk} of the stop list"


@transaction.atomic
def set_contacts(
    wave: Wave, *, partial_from: int, complete_above: int, sends_digest: bool, by: User, now: datetime
) -> None:
    """Sets the cut-offs of partial and complete returns, and whether the team gets a daily digest."""
    chosen = {"partial_from": partial_from, "complete_above": complete_above, "sends_digest": sends_digest}
    kept, _ = ContactSettings.objects.update_or_create(wave=wave, defaults=chosen)
    record(SET, by=by, subject=kept, about=str(wave), wave=wave.slug, detail=chosen, now=now)


def follow_ups(wave: Wave, *, until: date) -> "QuerySet[ContactEntry]":
    """The entries to come back to by this day: those after which nothing was noted of the board."""
    later = ContactEntry.objects.filter(survey_return=OuterRef("survey_return"), pk__gt=OuterRef("pk"))
    entries = ContactEntry.objects.filter(survey_return__wave=wave, follow_up__lte=until).filter(~Exists(later))
    return entries.select_related("survey_return__board", "by").order_by("follow_up", "pk")
