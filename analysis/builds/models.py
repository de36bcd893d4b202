"""A build: one piece of background work with its progress and its product. The row is the queue."""

import uuid

from django.db import models

from accounts import leases
from accounts.leases import LeasedQuerySet, LeasedRow
from accounts.models import User
from survey.models import Wave


class BuildKind(models.TextChoices):
    """What can be built."""

    REPORT_PDF = "report_pdf", "Report as PDF"
    DISCLOSURE = "disclosure", "What may leave"
    RELEASE_PDF = "release_pdf", "Report of a release as PDF"


class BuildState(models.TextChoices):
    """How far a build has come."""

    QUEUED = leases.QUEUED, "Waiting for a worker"
    RUNNING = leases.RUNNING, "Being built"
    DONE = leases.DONE, "Ready"
    FAILED = leases.FAILED, "Failed"


class Build(LeasedRow):
    """One request to build something from a wave."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="builds")
    kind = models.CharField(max_length=20, choices=BuildKind)
    number = models.PositiveIntegerField(null=True, blank=True, help_text="Of the release that is printed.")
    state = models.CharField(max_length=10, choices=BuildState, default=BuildState.QUEUED)
    doing = models.CharField(max_length=200, blank=True, help_text="What the worker is at, in words.")
    step = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField(default=0)
    requested_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    requested_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    content = models.BinaryField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    objects = LeasedQuerySet["Build"].as_manager()

    class Meta:
        ordering = ("-requested_at",)

    @property
    def is_under_way(self) -> bool:
        """Whether its page should look again soon."""
        return self.state in leases.UNFINISHED
