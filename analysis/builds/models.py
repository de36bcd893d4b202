"""A build: one piece of background work with its progress and its product. The row is the queue."""

import uuid
from datetime import datetime, timedelta

from django.db import models

from accounts.models import User
from survey.models import Wave

LEASE = timedelta(seconds=120)
MAX_ATTEMPTS = 5


class BuildKind(models.TextChoices):
    """What can be built."""

    REPORT_PDF = "report_pdf", "Report as PDF"


class BuildState(models.TextChoices):
    """How far a build has come."""

    QUEUED = "queued", "Waiting for a worker"
    RUNNING = "running", "Being built"
    DONE = "done", "Ready"
    FAILED = "failed", "Failed"


class BuildQuerySet(models.QuerySet["Build"]):
    """Reads on builds."""

    def claimable(self, *, now: datetime) -> "BuildQuerySet":
        """Queued, or running under a lease that ran out because its worker is gone."""
        waiting = models.Q(state=BuildState.QUEUED)
        abandoned = models.Q(state=BuildState.RUNNING, lease_until__lt=now)
        return self.filter(waiting | abandoned)


class Build(models.Model):
    """One request to build something from a wave."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="builds")
    kind = models.CharField(max_length=20, choices=BuildKind)
    state = models.CharField(max_length=10, choices=BuildState, default=BuildState.QUEUED)
    doing = models.CharField(max_length=200, blank=True, help_text="What the worker is at, in words.")
    step = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    requested_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    requested_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    content = models.BinaryField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    objects = BuildQuerySet.as_manager()

    class Meta:
        ordering = ("-requested_at",)

    @property
    def is_under_way(self) -> bool:
        """Whether its page should look again soon."""
        return self.state in {BuildState.QUEUED, BuildState.RUNNING}
