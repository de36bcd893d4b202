"""How often the second step was tried of late, and which of the app's periods was used last."""

from datetime import timedelta

from django.conf import settings
from django.db import models

MOST_TRIES = 5
WAIT = timedelta(minutes=30)


class SecondTries(models.Model):
    """One row for each member of staff who has tried, counted by the database however many try at once."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    wrong = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField(help_text="When counting began.")
    last_period = models.PositiveBigIntegerField(default=0, help_text="Digits of this period and before it are spent.")

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(wrong__lte=MOST_TRIES), name="second_tries_are_few"),)
