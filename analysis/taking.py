"""Service: whatever leaves the analysts' pages as a file is recorded."""

from datetime import datetime

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.models import User
from survey.models import Wave

TAKEN = declare("figures.taken", "Took tables or a report away")


def note_taken(wave: Wave, *, what: str, by: User, now: datetime) -> None:
    """Records that this person took a file of the wave's figures away."""
    record(TAKEN, by=by, subject=wave, about=wave.title, wave=wave.slug, detail={"what": what}, now=now)
