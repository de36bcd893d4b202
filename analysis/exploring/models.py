"""Exploratory tables that somebody wanted to find again, and those that were taken away."""

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


class CopyTaken(AppendOnlyModel):
    """One exploratory table that was taken away: what was asked for, and which counts it showed and hid of each item.

    It holds how many returns there were of each group and digests of the answers, and no answer.
    """

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="copies_taken")
    specification = models.JSONField(help_text="Item, breakdown, base and scale.")
    output_format = models.CharField(max_length=10)
    told = models.JSONField(help_text="Of each item: answers, groups, what was hidden, bases, digests.")
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    objects = AppendOnlyQuerySet["CopyTaken"].as_manager()
