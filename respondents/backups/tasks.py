"""The door for the schedule: a backup, and at once the proof that it can be read again."""

from celery import shared_task
from django.utils import timezone

from respondents.backups.making import make_backup
from respondents.backups.restoring import check_restore

HOURS = 3 * 60 * 60  # a large database takes longer than any other task


@shared_task(name="respondents.backups.tasks.back_up", time_limit=HOURS, acks_late=False)
def back_up() -> list[str]:
    """What the test found wrong. The next one comes by itself, so neither is begun anew after a fault."""
    make_backup(now=timezone.now())
    return list(check_restore(now=timezone.now()).problems)
