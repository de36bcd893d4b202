"""The house style, version by version. Version 0, the look that the product comes with, is no row."""

from django.db import models

from accounts.append_only import AppendOnlyModel, AppendOnlyQuerySet
from accounts.models import User
from analysis.pictures.models import KeptPicture

LONGEST_NAME = 100
LONGEST_WORDS = 200


class HouseStyleVersion(AppendOnlyModel):
    """One version, whole: who made it, when, and everything that it says."""

    number = models.PositiveIntegerField(unique=True)
    department = models.CharField(max_length=LONGEST_NAME, blank=True)
    publisher = models.CharField(max_length=LONGEST_NAME, blank=True)
    contact = models.CharField(max_length=LONGEST_WORDS, blank=True)
    main = models.CharField(max_length=7)
    accent = models.CharField(max_length=7)
    logo = models.ForeignKey(KeptPicture, models.PROTECT, to_field="digest", null=True, blank=True, related_name="+")
    logo_words = models.CharField(max_length=LONGEST_WORDS, blank=True, help_text="What the logo shows.")
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    objects = AppendOnlyQuerySet["HouseStyleVersion"].as_manager()

    class Meta:
        ordering = ("-number",)
