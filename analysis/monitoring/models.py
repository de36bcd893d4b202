"""What a wave is watched against, and what was last reckoned from its answers."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from accounts.models import User
from survey.models import Wave

USUAL_TARGET = 60


class WaveTarget(models.Model):
    """The response rates that the team wants of a wave, without them the usual, and what an hour of a board costs."""

    wave = models.OneToOneField(Wave, models.CASCADE, related_name="target")
    percent = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(100)])
    levels = models.JSONField(default=dict, help_text="Stratum: level: per cent, where it is not that of the wave.")
    hourly_rate = models.DecimalField(
        max_digits=6, decimal_places=2, null=True, blank=True, help_text="What an hour of those who answer costs, £."
    )
    recontact_minutes = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Of a board's time for each further contact with it."
    )
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()


class Tally(models.Model):
    """What takes long to reckon from the answers of a wave, as a worker last did it. Counts only, no answer."""

    wave = models.OneToOneField(Wave, models.CASCADE, related_name="tally")
    stamp = models.CharField(max_length=200, help_text="What the returns looked like: another stamp, another tally.")
    content = models.JSONField()
    reckoned_at = models.DateTimeField()
    seconds = models.FloatField(help_text="How long it took.")
