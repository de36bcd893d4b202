"""Service: an exploratory table is kept under a title, so that it can be found and shown again."""

from datetime import datetime

from django.db import transaction

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.models import User
from analysis.exploring.choice import Choice
from analysis.exploring.models import SavedTable
from survey.models import Wave

SAVED = declare("table.saved", "Kept an exploratory table")


@transaction.atomic
def save_table(wave: Wave, choice: Choice, *, title: str, by: User, now: datetime) -> SavedTable:
    """Keeps what was asked for; the figures are made anew whenever it is opened."""
    specification = dict(choice.specification)
    kept = SavedTable.objects.create(wave=wave, title=title, specification=specification, saved_by=by, saved_at=now)
    detail = {"title": title, **specification}
    record(SAVED, by=by, subject=wave, about=wave.title, wave=wave.slug, detail=detail, now=now)
    return kept
