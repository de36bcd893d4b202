"""What a worker does for a large import: the row is the queue. Beside it the files, and the preview by pages."""

import uuid
from datetime import timedelta
from typing import ClassVar

from django.db import models

from accounts import leases
from accounts.leases import LeasedQuerySet, LeasedRow
from accounts.models import User
from respondents.register.history import RegisterImport


class JobKind(models.TextChoices):
    """What a worker can do for an import."""

    CHECK = "check", "Check the files"
    APPLY = "apply", "Import"
    UNDO = "undo", "Undo"


class JobState(models.TextChoices):
    """How far a job has come."""

    QUEUED = leases.QUEUED, "Waiting for a worker"
    RUNNING = leases.RUNNING, "At work"
    DONE = leases.DONE, "Done"
    FAILED = leases.FAILED, "Failed"


class ImportJob(LeasedRow):
    """One piece of work for one import, and how far it has come."""

    LEASE: ClassVar[timedelta] = timedelta(seconds=30)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    of_import = models.ForeignKey(RegisterImport, models.CASCADE, related_name="jobs")
    kind = models.CharField(max_length=6, choices=JobKind)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    encoding = models.CharField(max_length=20, blank=True, help_text="The letters that were chosen for CSV files.")
    digest = models.CharField(max_length=64, blank=True, help_text="Of the preview that was confirmed.")
    doing = models.CharField(max_length=200, blank=True, help_text="What the worker is at, in words.")
    step = models.PositiveIntegerField(default=0)
    steps = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = LeasedQuerySet["ImportJob"].as_manager()

    class Meta:
        ordering = ("-asked_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("of_import",),
                condition=models.Q(state__in=leases.UNFINISHED),
                name="one_job_of_an_import_at_a_time",
            ),
        )


class ImportFile(models.Model):
    """A file as it was sent; kept until it was checked."""

    of_import = models.ForeignKey(RegisterImport, models.CASCADE, related_name="files")
    name = models.CharField(max_length=120)
    content = models.BinaryField()

    class Meta:
        ordering = ("pk",)


class PreviewLeaf(models.Model):
    """One page of a preview that is too long to be made at every look."""

    of_import = models.ForeignKey(RegisterImport, models.CASCADE, related_name="leaves")
    number = models.PositiveIntegerField()
    packed = models.BinaryField()

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("of_import", "number"), name="one_leaf_of_a_number"),)
