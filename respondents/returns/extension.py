"""The closing time of one return moved later, for a reason: the log of extensions."""

import uuid

from django.db import models

from accounts.append_only import AppendOnlyModel, AppendOnlyQuerySet
from accounts.models import User
from respondents.returns.models import Return


class Extension(AppendOnlyModel):
    """The survey team gave the people on a return until later than they had."""

    survey_return = models.ForeignKey(Return, models.CASCADE, related_name="extensions")
    key = models.UUIDField(default=uuid.uuid4, help_text="Of the form that granted it: sent twice, it grants once.")
    was = models.DateTimeField(help_text="When the return would have closed.")
    until = models.DateTimeField()
    reason = models.TextField(help_text="Everyone on the return can read it.")
    granted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()

    objects = AppendOnlyQuerySet["Extension"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("survey_return", "key"), name="one_extension_per_form"),
            models.CheckConstraint(condition=models.Q(until__gt=models.F("was")), name="extended_until_later"),
        )
