"""Returns that named no board, settled with the board whose they are: what was decided, why, and what was undone."""

import uuid

from django.db import models

from accounts.append_only import AppendOnlyModel, AppendOnlyQuerySet
from accounts.models import User
from respondents.returns.models import Return


class Settled(models.TextChoices):
    """How a return that named no board was settled with a board's own."""

    TAKEN = "taken", "Its answers count for the board"
    APART = "apart", "The board’s own answers count"
    UNDONE = "undone", "It names no board again"


class Attribution(AppendOnlyModel):
    """One decision. The return that named no board is kept as it came, a duplicate from now on unless undone."""

    duplicate = models.ForeignKey(Return, models.CASCADE, related_name="attributions")
    survey_return = models.ForeignKey(Return, models.CASCADE, related_name="attributed")
    key = models.UUIDField(default=uuid.uuid4)
    settled = models.CharField(max_length=10, choices=Settled)
    reason = models.TextField()
    version = models.PositiveIntegerField(null=True, help_text="Of the board's return: the save that took the answers.")
    number_before = models.PositiveIntegerField(null=True, help_text="The board's submission that counted before.")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = AppendOnlyQuerySet["Attribution"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("duplicate", "key"), name="one_attribution_per_form"),)
