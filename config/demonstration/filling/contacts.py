"""A plan of reminders and a few entries in the contact log, so that the pages of the contacts show something."""

import uuid
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from config.demonstration.people import RESEARCHER
from respondents.contacts.models import CameOfIt, ContactKind
from respondents.contacts.noting import note_contact
from respondents.contacts.planning import plan_default
from respondents.returns.models import Return
from survey.models import Wave

_ENTRIES = (
    ("derby", ContactKind.CALL, CameOfIt.LEFT_MESSAGE, "The office will pass it on.", 0),
    ("derbyshire", ContactKind.CALL, CameOfIt.PROMISE, "After the board’s meeting next week.", 5),
    ("barnet", ContactKind.LETTER, CameOfIt.REFUSAL, "No time this year.", None),
    ("leeds", ContactKind.EMAIL, CameOfIt.VACANCY, "A chair is being recruited.", 14),
)


def fill_contacts(wave: Wave, *, now: datetime) -> None:
    """Plans the usual reminders that are still to come, and notes what was heard from some silent boards."""
    by = User.objects.get(email=RESEARCHER.email)
    plan_default(wave, by=by, now=now)
    for slug, kind, came_of_it, note, days in _ENTRIES:
        found = Return.objects.filter(wave=wave, board__slug=slug, submitted_version__isnull=True).first()
        if found is None:
            continue
        follow_up = None if days is None else timezone.localdate(now) + timedelta(days=days)
        said = {"kind": kind, "came_of_it": came_of_it, "note": note, "follow_up": follow_up}
        note_contact(found, key=uuid.uuid4(), **said, by=by, now=now)  # type: ignore[arg-type]
