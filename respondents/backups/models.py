"""That a backup was made, and that one was read again: each told once, never altered."""

from typing import Any

from django.db import models

from accounts.append_only import AppendOnlyModel, AppendOnlyQuerySet


class Backup(AppendOnlyModel):
    """One sealed copy of the database: its file, and what stood in the database at that second."""

    name = models.CharField(max_length=60, unique=True)
    made_at = models.DateTimeField()
    seconds = models.FloatField(help_text="How long it took.")
    size = models.PositiveBigIntegerField(help_text="Bytes of the sealed file.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the sealed file.")
    root = models.CharField(max_length=64, help_text="Merkle root of every submission at that second.")
    submissions = models.PositiveBigIntegerField()

    objects = AppendOnlyQuerySet["Backup"].as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")


class RestoreCheck(AppendOnlyModel):
    """One restore of a backup into a database that is thrown away again, and what differed."""

    name = models.CharField(max_length=60, blank=True, help_text="Of the backup; empty where there was none.")
    backup_made_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField()
    seconds = models.FloatField(help_text="From the sealed file to the root.")
    root = models.CharField(max_length=64, blank=True, help_text="Merkle root of what came back.")
    submissions = models.PositiveBigIntegerField(null=True, blank=True)
    problems: "models.JSONField[list[Any]]" = models.JSONField(default=list, help_text="Sentences; none if all agreed.")

    objects = AppendOnlyQuerySet["RestoreCheck"].as_manager()

    class Meta:
        ordering = ("-checked_at", "-pk")
