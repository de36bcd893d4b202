"""The text of a report, version by version."""

from django.db import models

from accounts.append_only import AppendOnlyModel, AppendOnlyQuerySet
from accounts.models import User
from analysis.pictures.models import KeptPicture
from survey.models import Wave


class ReportTextQuerySet(AppendOnlyQuerySet["ReportText"]):
    """Versions, and among them those that a report may be made from."""

    def usable(self) -> "ReportTextQuerySet":
        """Those that had no problems when they were saved, the latest first."""
        return self.filter(problems=0).order_by("-number")


class ReportText(AppendOnlyModel):
    """One version of the text that the report of a wave is made from. Number 0, that of the plan, is no row."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="report_texts")
    number = models.PositiveIntegerField()
    text = models.TextField()
    digest = models.CharField(max_length=64)
    problems = models.PositiveIntegerField(help_text="How many the text has by itself; no report is made from any.")
    note = models.CharField(max_length=300, blank=True, help_text="What was changed, in its author's words.")
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = ReportTextQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=("wave", "number"), name="report_text_number_once"),)


class ReportPicture(AppendOnlyModel):
    """A picture under the name by which the text of a wave's report asks for it; the latest of a name counts."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="report_pictures")
    name = models.CharField(max_length=40)
    picture = models.ForeignKey(KeptPicture, models.PROTECT, related_name="+")
    words = models.CharField(max_length=500, help_text="What it shows, for people who cannot see it.")
    title = models.CharField(max_length=200, blank=True, help_text="Printed above it.")
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    objects = AppendOnlyQuerySet["ReportPicture"].as_manager()

    class Meta:
        ordering = ("-pk",)
