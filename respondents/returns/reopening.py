"""Sections of one return that may be answered again after the survey has closed, until a moment, for a reason.

Two persons of the survey team stand behind each: one asked, another granted it. The database refuses anything else.
"""

import uuid
from datetime import datetime

from django.db import models

from accounts.append_only import AppendOnlyModel, AppendOnlyQuerySet
from accounts.models import User
from respondents.returns.models import Return


class Reopening(AppendOnlyModel):
    """The survey team let the people on a return save these sections, and submit again, until a moment."""

    survey_return = models.ForeignKey(Return, models.CASCADE, related_name="reopenings")
    key = models.UUIDField(default=uuid.uuid4, help_text="Of the form that granted it: sent twice, it grants once.")
    sections: "models.JSONField[list[str]]" = models.JSONField(help_text="Codes of the sections.")
    until = models.DateTimeField()
    reason = models.TextField(help_text="Everyone on the return can read it.")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Of the survey team.")
    granted_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="Nobody if by a command.",
    )
    granted_at = models.DateTimeField()

    objects = AppendOnlyQuerySet["Reopening"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("survey_return", "key"), name="one_reopening_per_form"),
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("granted_at")), name="reopened_until_later_than_granted"
            ),
            models.CheckConstraint(
                condition=models.Q(granted_by__isnull=True) | ~models.Q(granted_by=models.F("asked_by")),
                name="a_reopening_is_granted_by_another_person",
            ),
        )

    def is_in_force(self, now: datetime) -> bool:
        """Whether it lets people answer at this moment."""
        return self.granted_at <= now < self.until
