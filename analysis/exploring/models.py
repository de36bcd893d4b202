"""Exploratory tables that somebody wanted to find again."""

from django.db import models

from accounts.append_only import AppendOnlyModel, AppendOnlyQuerySet
from accounts.models import User
from survey.models import Wave


class SavedTable(AppendOnlyModel):
    """One exploratory table of a wave under a title: what was asked for, never what came of it."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="saved_tables")
    title = models.CharField(max_length=200)
    specification = models.JSONField(help_text="Item, breakdown, base and scale.")
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    saved_at = models.DateTimeField()

    objects = AppendOnlyQuerySet["SavedTable"].as_manager()
