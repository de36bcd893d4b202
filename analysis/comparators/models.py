"""Published figures of another survey: sent and not confirmed yet, imported, withdrawn."""

from django.db import models

from accounts.append_only import AppendOnlyModel, AppendOnlyQuerySet
from accounts.models import User
from survey.models import Wave


class ComparatorFacts(models.Model):
    """Another survey: who was asked, when, on which scale, where it was published, and its lines as they were read."""

    label = models.CharField(max_length=80)
    column = models.CharField(max_length=40, help_text="The heading of its column.")
    who = models.CharField(max_length=300)
    asked_when = models.CharField(max_length=120)
    scale: "models.JSONField[list[str]]" = models.JSONField(help_text="Its answers in order, the most positive first.")
    source = models.CharField(max_length=300)
    comparability = models.TextField()
    file_name = models.CharField(max_length=300)
    lines: "models.JSONField[list[dict[str, str | int | None]]]" = models.JSONField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label


class ComparatorProposal(ComparatorFacts):
    """A file that was sent and looked at; gone once it is imported or discarded."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="comparator_proposals")
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()


class Comparator(ComparatorFacts, AppendOnlyModel):
    """A survey whose figures stand beside a wave's tables until they are withdrawn."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="comparators")
    places: "models.JSONField[list[list[str | int]]]" = models.JSONField(
        help_text="Number of a line, and the table, row and column of ours beside which it stands."
    )
    left_out: "models.JSONField[list[str]]" = models.JSONField(help_text="Which lines stand nowhere, and why.")
    digest = models.CharField(max_length=64, help_text="Over all that was shown before it was confirmed.")
    imported_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    imported_at = models.DateTimeField()

    objects = AppendOnlyQuerySet["Comparator"].as_manager()

    class Meta:
        ordering = ("pk",)

    @property
    def name(self) -> str:
        """How addresses and columns of tables call it."""
        return f"{IMPORTED}{self.pk}"


class ComparatorWithdrawal(AppendOnlyModel):
    """Why a survey's figures no longer stand beside the tables; its lines are kept."""

    comparator = models.OneToOneField(Comparator, models.CASCADE, related_name="withdrawal")
    reason = models.TextField()
    withdrawn_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField()

    objects = AppendOnlyQuerySet["ComparatorWithdrawal"].as_manager()


IMPORTED = "imported_"
