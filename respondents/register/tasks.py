"""Doors for the worker: large imports. Every task is safe to run twice."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from respondents.register.doorbell import RUN, ring
from respondents.register.working import run_job, sweep_jobs


@shared_task(name=RUN)
def run(job_id: str) -> None:
    """Does one job, if nobody else does."""
    run_job(UUID(job_id))


@shared_task(name="respondents.register.tasks.sweep")
def sweep() -> int:
    """Rings for every job that waits or was abandoned."""
    return sweep_jobs(now=timezone.now(), ring=ring)
