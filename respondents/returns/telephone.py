"""Answers taken by telephone: each call is opened by a member of staff, for a reason, and ends."""

import uuid
from datetime import datetime

from django.db import models

from accounts.models import User
from respondents.returns.models import Return
from respondents.returns.standing import Heard


class CallQuerySet(models.QuerySet["Call"]):
    """Reads on calls."""

    def under_way(self, now: datetime) -> "CallQuerySet":
        """Those that nobody has ended and whose time has not run out."""
        return self.filter(ended_at=None, lasts_until__gt=now)


class Call(models.Model):
    """While it lasts, the member of staff who opened it sees the return's answers and enters what they are told."""

    survey_return = models.ForeignKey(Return, models.CASCADE, related_name="calls")
    key = models.UUIDField(default=uuid.uuid4, help_text="Of the form that opened it: sent twice, it opens once.")
    voice = models.CharField(max_length=200, help_text="The name of the person at the other end.")
    is_erased = models.BooleanField(
        default=False, help_text="Whether the name was erased here and is still to go from what was saved in the call."
    )
    day = models.DateField(help_text="When the answers were told.")
    reason = models.TextField()
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    lasts_until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("survey_return", "key"), name="one_call_per_form"),
            models.UniqueConstraint(
                fields=("survey_return", "opened_by"),
                condition=models.Q(ended_at=None),
                name="one_call_under_way_per_person",
            ),
        )

    @property
    def heard(self) -> Heard:
        """What is noted beside every answer that is taken in this call."""
        return Heard(self.pk, self.voice, self.day)
