"""Releases, the steps that each has taken, and what people chose about what is released."""

from typing import Any

from django.db import models

from accounts.append_only import AppendOnlyModel, AppendOnlyQuerySet
from accounts.models import User
from analysis.milestones.models import KeptPlan
from survey.models import Wave


class ChoiceKind(models.TextChoices):
    """What can be chosen."""

    SMALLEST = "smallest", "Smallest base of a row"
    LEAVE_OUT = "leave_out", "Leave out"
    PUT_BACK = "put_back", "Put back"


class ReleaseChoice(AppendOnlyModel):
    """One choice about what is released, with its reason. The latest on the same thing counts; all are kept."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="release_choices")
    kind = models.CharField(max_length=10, choices=ChoiceKind)
    value = models.CharField(max_length=120, help_text="The smallest base, or the id of a table or breakdown.")
    reason = models.TextField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = AppendOnlyQuerySet["ReleaseChoice"].as_manager()


class Release(AppendOnlyModel):
    """A frozen set of tables with what was decided on them. It may leave once its last step says so."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="releases")
    number = models.PositiveIntegerField()
    extract = models.CharField(max_length=64, help_text="The digest of the frozen data.")
    plan = models.CharField(max_length=64, help_text="The digest of the analysis plan.")
    kept_plan = models.ForeignKey(
        KeptPlan, models.PROTECT, null=True, related_name="+", help_text="The plan itself; an old release has none."
    )
    decisions = models.JSONField(help_text="Groups, tables, hidden counts with their rules, what can be deduced.")
    comparators: "models.JSONField[list[list[str]]]" = models.JSONField(
        default=list, help_text="The name and the digest of each imported survey beside the tables."
    )
    codings = models.JSONField(default=list, help_text="What its tables of coded answers were made from.")
    account: "models.JSONField[dict[str, Any]]" = models.JSONField(
        default=dict,
        help_text="What it says of the survey beside its tables: fieldwork, outcomes, agreement of coders.",
    )
    tables = models.JSONField(default=list, help_text="The protected tables, as what is made from them reads them.")
    choice = models.PositiveBigIntegerField(default=0, help_text="The key of the last choice that it was decided by.")
    after = models.JSONField(help_text="The numbers of the releases that it was decided together with.")
    content = models.BinaryField(help_text="A zip file of the protected tables.")
    digest = models.CharField(max_length=64)
    prepared_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()

    objects = AppendOnlyQuerySet["Release"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("wave", "number"), name="one_release_per_number"),)

    def __str__(self) -> str:
        return f"Release {self.number} of {self.wave}"


class ReleaseState(models.TextChoices):
    """How far a release is after it was prepared."""

    CHECKED = "checked", "Checked"
    RELEASED = "released", "Released"


class ReleaseStep(AppendOnlyModel):
    """A release was checked, or released. Each happens once."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="steps")
    state = models.CharField(max_length=10, choices=ReleaseState)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = AppendOnlyQuerySet["ReleaseStep"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("release", "state"), name="one_step_of_each_kind"),)
