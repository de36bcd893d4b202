"""A build: one piece of background work with its progress and its product. The row is the queue."""

import uuid

from django.db import models

from accounts import leases
from accounts.leases import LeasedQuerySet, LeasedRow
from accounts.models import User
from survey.models import Wave


class BuildState(models.TextChoices):
    """How far a build has come."""

    QUEUED = leases.QUEUED, "Waiting for a worker"
    RUNNING = leases.RUNNING, "Being built"
    DONE = leases.DONE, "Ready"
    FAILED = leases.FAILED, "Failed"
    CANCELLED = "cancelled", "Cancelled"
    CLEARED = "cleared", "Its file was removed"


class Build(LeasedRow):
    """One request to build something from a wave."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="builds")
    kind = models.CharField(max_length=40, help_text="The name of a kind that a room declares.")
    number = models.PositiveIntegerField(null=True, blank=True, help_text="Of the release it belongs to.")
    subject = models.CharField(max_length=100, blank=True, help_text="What it is about, as its kind reads it.")
    state = models.CharField(max_length=10, choices=BuildState, default=BuildState.QUEUED)
    text_version = models.PositiveIntegerField(null=True, blank=True, help_text="Which text of the report it says.")
    house_version = models.PositiveIntegerField(null=True, blank=True, help_text="Which house style it is made in.")
    doing = models.CharField(max_length=300, blank=True, help_text="What the worker is at, or how it ended, in words.")
    step = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField(default=0)
    requested_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    requested_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    content = models.BinaryField(null=True, blank=True)
    size = models.PositiveIntegerField(null=True, blank=True, help_text="Of the file, in bytes.")
    digest = models.CharField(max_length=64, blank=True)

    objects = LeasedQuerySet["Build"].as_manager()

    class Meta:
        ordering = ("-requested_at",)

    @property
    def is_under_way(self) -> bool:
        """Whether its page should look again soon."""
        return self.state in leases.UNFINISHED
