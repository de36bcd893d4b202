"""Which plan was recorded when, and what was frozen."""

from typing import Any

from django.db import models

from accounts.append_only import AppendOnlyModel, AppendOnlyQuerySet
from accounts.models import User
from survey.models import Wave


class KeptPlan(AppendOnlyModel):
    """A plan as tables were made by it, with the files that it names and the templates of its reports; kept once."""

    name = models.CharField(max_length=60)
    files: "models.JSONField[dict[str, str]]" = models.JSONField(help_text="Each file by its name.")
    digest = models.CharField(max_length=64, unique=True, help_text="Of the name and of all files.")

    objects = AppendOnlyQuerySet["KeptPlan"].as_manager()


class PlanRecord(AppendOnlyModel):
    """A wave's analysis plan as it read on a day, by its digest. The latest counts; all are kept."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="plan_records")
    plan = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the plan's text.")
    questionnaire = models.CharField(max_length=64, help_text="The questionnaire that it was checked against.")
    kept = models.ForeignKey(
        KeptPlan, models.PROTECT, null=True, related_name="+", help_text="The plan itself, in the words of that day."
    )
    dated = models.DateField(help_text="The day that stands on the plan.")
    is_exploratory = models.BooleanField(default=False, help_text="Whether it came after fieldwork had closed.")
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField()

    objects = AppendOnlyQuerySet["PlanRecord"].as_manager()


class FrozenExtract(AppendOnlyModel):
    """The answers that counted at one moment after closing, as Parquet, with the digest of the file."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="frozen_extracts")
    number = models.PositiveIntegerField()
    rows = models.PositiveIntegerField()
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    data = models.CharField(
        max_length=64,
        blank=True,
        help_text="Digest of answers and eligible boards alone: the same where only an outcome was decided otherwise.",
    )
    response: "models.JSONField[dict[str, Any]]" = models.JSONField(
        help_text="Who could answer and who had: boards, persons and authorities, each counted in its own unit."
    )
    frozen_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    frozen_at = models.DateTimeField()

    objects = AppendOnlyQuerySet["FrozenExtract"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("wave", "number"), name="one_frozen_extract_per_number"),)
