"""The door for the schedule."""

from celery import shared_task
from django.utils import timezone

from respondents.retention.applying import apply_retention


@shared_task(name="respondents.retention.tasks.apply")
def apply() -> dict[str, int]:
    """Forgets what has been kept long enough."""
    return dict(apply_retention(now=timezone.now()))
