"""Doors for the worker: planned mailings and the daily digest. Every task is safe to run twice."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from respondents.contacts.digest import queue_digests
from respondents.contacts.doorbell import RUN, ring
from respondents.contacts.mailing import run_mailing, sweep_mailings


@shared_task(name=RUN)
def run(mailing_id: str) -> None:
    """Sends out one mailing, if it is due and nobody else does; rings for the rest of a large one."""
    if run_mailing(UUID(mailing_id)):
        ring([UUID(mailing_id)])


@shared_task(name="respondents.contacts.tasks.sweep")
def sweep() -> int:
    """Rings for every mailing that is due or was abandoned."""
    return sweep_mailings(now=timezone.now(), ring=ring)


@shared_task(name="respondents.contacts.tasks.digest")
def digest() -> int:
    """Sends the team its digest, on working mornings and once a day however often it is asked."""
    return queue_digests(now=timezone.now())
