"""What the page of backups shows: whether the last one can be read again, in words and with its age."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from respondents.backups.models import Backup, RestoreCheck
from survey.moments import moment_in_words

OLDEST = timedelta(hours=24)
SHOWN = 20


@dataclass(frozen=True)
class Told:
    """One line: when, what, and how it went."""

    when: str
    name: str
    outcome: str
    took: str
    submissions: str
    root: str


@dataclass(frozen=True)
class BackupsPage:
    """The state of backups."""

    warning: str
    last: Told | None
    age: str
    checks: Sequence[Told]
    backups: Sequence[Told]


def backups_page(*, now: datetime) -> BackupsPage:
    """What is known by now; two queries."""
    checks, backups = list(RestoreCheck.objects.all()[:SHOWN]), list(Backup.objects.all()[:SHOWN])
    passed = next((check for check in checks if not check.problems), None)
    return BackupsPage(
        warning=_warning(checks, passed, now=now),
        last=_check(passed) if passed else None,
        age=_age(now - passed.checked_at) if passed else "",
        checks=[_check(check) for check in checks],
        backups=[_backup(backup) for backup in backups],
    )


def _warning(checks: Sequence[RestoreCheck], passed: RestoreCheck | None, *, now: datetime) -> str:
    """One sentence where somebody must do something; nothing while all is well."""
    if not checks:
        where = "it runs at night" if settings.BACKUP_FOLDER else "BACKUP_FOLDER is not set here"
        return f"No restore test has been run yet: {where}. Until one has passed, nobody knows that backups are good."
    if checks[0].problems:
        return "The last restore test failed. What it found stands below; run it again once that is mended."
    if passed and now - passed.checked_at > OLDEST:
        return f"The last restore test is {_age(now - passed.checked_at)} old. See whether the service “backups” runs."
    return ""


def _check(check: RestoreCheck) -> Told:
    return Told(
        moment_in_words(check.checked_at),
        check.name or "No backup",
        " ".join(map(str, check.problems)) or "Passed",
        _took(check.seconds),
        "–" if check.submissions is None else f"{check.submissions:,}",
        check.root or "–",
    )


def _backup(backup: Backup) -> Told:
    size = f"{backup.size / 1_000_000:,.1f} MB"
    when = moment_in_words(backup.made_at)
    return Told(when, backup.name, size, _took(backup.seconds), f"{backup.submissions:,}", backup.root)


def _took(seconds: float) -> str:
    return f"{seconds:.0f} seconds" if seconds < 100 else f"{seconds / 60:.1f} minutes"


def _age(since: timedelta) -> str:
    hours = int(since.total_seconds() // 3600)
    if hours >= 48:
        return f"{hours // 24} days"
    return "less than an hour" if hours < 1 else f"{hours} hour{'s' * (hours > 1)}"
