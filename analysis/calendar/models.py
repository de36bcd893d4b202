"""An address at which a calendar program reads the dates of the waves without signing in."""

import uuid

from django.db import models

from accounts.models import User


class CalendarFeed(models.Model):
    """One person's secret address, until it is taken back. The row alone does not tell it: it is signed."""

    person = models.ForeignKey(User, models.CASCADE, related_name="calendar_feeds")
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("person",), condition=models.Q(revoked_at=None), name="one_calendar_feed_per_person"
            ),
        )
