"""The door for the schedule."""

import time

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from accounts.doorbell import ring_once
from respondents.retention.applying import apply_retention

APPLY = "respondents.retention.tasks.apply"
HOUR = 3600.0


@shared_task(name=APPLY)
def apply() -> dict[str, int]:
    """Forgets what has been kept long enough; what there is no time for is for the next ring, at once."""
    ends = time.monotonic() + settings.CELERY_TASK_TIME_LIMIT / 2  # a batch that has begun ends in the other half

    def is_over() -> bool:
        return time.monotonic() > ends

    try:
        return dict(apply_retention(now=timezone.now(), is_over=is_over))
    finally:
        if is_over():
            ring_once(APPLY, queue=settings.CELERY_TASK_DEFAULT_QUEUE, heard_for=HOUR)
