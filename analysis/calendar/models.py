"""An address at which a calendar program reads the dates of the waves without signing in."""

from django.db import models

from accounts.models import User


class CalendarFeed(models.Model):
    """One person's secret address; only a digest of it is kept, and it may be taken back."""

    person = models.ForeignKey(User, models.CASCADE, related_name="calendar_feeds")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("person",), condition=models.Q(revoked_at=None), name="one_calendar_feed_per_person"
            ),
        )
