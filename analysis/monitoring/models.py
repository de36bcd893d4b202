"""What a wave is watched against, and what was last reckoned from its answers."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from accounts.models import User
from survey.models import Wave

USUAL_TARGET = 60


class WaveTarget(models.Model):
    """The response rate that the team wants of a wave; without one, the usual."""

    wave = models.OneToOneField(Wave, models.CASCADE, related_name="target")
    percent = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(100)])
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()


class Tally(models.Model):
    """What takes long to reckon from the answers of a wave, as a worker last did it. Counts only, no answer."""

    wave = models.OneToOneField(Wave, models.CASCADE, related_name="tally")
    stamp = models.CharField(max_length=200, help_text="What the returns looked like: another stamp, another tally.")
    content = models.JSONField()
    reckoned_at = models.DateTimeField()
    seconds = models.FloatField(help_text="How long it took.")
