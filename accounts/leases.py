"""Rows that are queues: claimed by one worker under a lease, kept while it lasts, swept up when the worker is gone."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, TypeVar

from django.db import models

QUEUED, RUNNING, DONE, FAILED = "queued", "running", "done", "failed"
UNFINISHED = (QUEUED, RUNNING)

R = TypeVar("R", bound="LeasedRow", covariant=True)


class LeasedQuerySet(models.QuerySet[R]):
    """What may be claimed, by whom, and what nobody can finish."""

    def claimable(self, *, now: datetime) -> "LeasedQuerySet[R]":
        """Unfinished, and held by nobody: never claimed, waiting its time out, or left by a worker that is gone."""
        free = models.Q(lease_until__isnull=True) | models.Q(lease_until__lt=now)
        return self.filter(free, state__in=UNFINISHED)

    def exhausted(self, *, now: datetime) -> "LeasedQuerySet[R]":
        """Claimable rows that were tried as often as they may be."""
        return self.claimable(now=now).filter(attempts__gte=self.model.MAX_ATTEMPTS)

    def claim(self, pk: object, *, now: datetime) -> R | None:
        """The row, now held by the caller until its lease ends; nothing if it is held, finished or exhausted."""
        mine = self.claimable(now=now).filter(pk=pk, attempts__lt=self.model.MAX_ATTEMPTS)
        if not mine.update(state=RUNNING, lease_until=now + self.model.LEASE, attempts=models.F("attempts") + 1):
            return None
        return self.get(pk=pk)

    def held(self, row: "LeasedRow") -> "LeasedQuerySet[R]":
        """The row, if it is still held by the attempt that claimed it; otherwise nothing."""
        return self.filter(pk=row.pk, attempts=row.attempts, state=RUNNING)


class LeasedRow(models.Model):
    """One piece of work. Which states it has, in words, is said by each kind; their values are those above."""

    LEASE: ClassVar[timedelta] = timedelta(seconds=40)  # what a killed worker held goes on within a minute
    MAX_ATTEMPTS: ClassVar[int] = 5

    state: "models.CharField[Any, str]" = models.CharField(max_length=10, default=QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True, help_text="Until then nobody else may take it.")

    class Meta:
        abstract = True
