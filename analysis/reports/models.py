"""Which releases the chairs of those who answered were told of."""

from django.db import models

from accounts.append_only import AppendOnlyModel, AppendOnlyQuerySet
from analysis.disclosing.models import Release


class Announcement(AppendOnlyModel):
    """The chairs of all boards that a release counts were written to, in the transaction that made this row."""

    release = models.OneToOneField(Release, models.CASCADE, related_name="announcement")
    letters = models.PositiveIntegerField(help_text="How many people were written to.")
    at = models.DateTimeField()

    objects = AppendOnlyQuerySet["Announcement"].as_manager()
