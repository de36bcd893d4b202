"""Services: a text is kept as the next version, or an old one is brought back."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.digests import bytes_digest
from accounts.models import User
from analysis.planning import plan_of
from analysis.templating.models import ReportText
from analysis.templating.versions import Version, examine, latest_of
from survey.models import Wave

SAVED = declare("report.text_saved", "Saved the text of a report")


@dataclass(frozen=True)
class Conflict:
    """Somebody else saved a version meanwhile; nothing was saved."""

    standing: Version


@transaction.atomic
def save_text(wave: Wave, text: str, *, base: int, note: str, by: User, now: datetime) -> Version | Conflict:
    """The text as the next version; the latest, if it says the same; Conflict if it was not written upon the latest."""
    plan_of(Wave.objects.select_for_update().get(pk=wave.pk))
    latest = latest_of(wave)
    if latest.text == text:
        return latest
    if latest.number != base:
        return Conflict(latest)
    return _next(wave, text, after=latest, note=note, by=by, now=now)


@transaction.atomic
def restore_text(wave: Wave, old: Version, *, by: User, now: datetime) -> Version:
    """The text of an old version as the next one."""
    plan_of(Wave.objects.select_for_update().get(pk=wave.pk))
    latest = latest_of(wave)
    if latest.text == old.text:
        return latest
    return _next(wave, old.text, after=latest, note=f"Version {old.number} brought back", by=by, now=now)


def _next(wave: Wave, text: str, *, after: Version, note: str, by: User, now: datetime) -> Version:
    problems = len(examine(text).problems)
    row = ReportText.objects.create(
        wave=wave,
        number=after.number + 1,
        text=text,
        digest=bytes_digest(text.encode()),
        problems=problems,
        note=note,
        written_by=by,
        written_at=now,
    )
    detail = {"version": row.number, "problems": problems, "digest": row.digest}
    record(SAVED, by=by, subject=row, about=wave.title, wave=wave.slug, detail=detail, now=now)
    return Version(row.number, text, problems, note, by, now)
