"""A door for the worker: what became public is announced."""

from celery import shared_task

from accounts import clock
from analysis.reports.announcing import announce_releases


@shared_task(name="analysis.reports.tasks.announce")
def announce() -> int:
    """Writes to the chairs about every release that is public and was not announced."""
    return announce_releases(now=clock.compared_now())
