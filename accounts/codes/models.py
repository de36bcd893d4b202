"""A sign-in code that was asked for: kept only as a keyed digest, bound to the browser that asked."""

from datetime import timedelta

from django.db import models

LIFETIME = timedelta(minutes=10)
MOST_TRIES = 5
SHORT, LONG = 8, 12  # letters; long ones where many wrong codes were entered lately


class SignInCode(models.Model):
    """One request for a code. It has a digest once a worker found a person with this address and sent the code."""

    email = models.EmailField()
    browser = models.CharField(
        max_length=64, unique=True, help_text="Keyed digest of what the browser's session holds."
    )
    digest = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    letters = models.PositiveSmallIntegerField(default=SHORT)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(tries__lte=MOST_TRIES), name="sign_in_code_tries_are_few"),
        )
