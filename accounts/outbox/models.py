"""A message to one person: written with what it tells of, sent by a worker. The row is the queue."""

import uuid
from datetime import timedelta
from typing import ClassVar

from django.db import models

from accounts import leases
from accounts.leases import LeasedQuerySet, LeasedRow


class MessageKind(models.TextChoices):
    """What a message is for."""

    SIGN_IN_CODE = "sign_in_code", "Sign-in code"
    INVITATION = "invitation", "Invitation"
    RECEIPT = "receipt", "Receipt"
    COLLEAGUE = "colleague", "Message to a colleague"
    REMINDER = "reminder", "Reminder"
    SURVEY_TEAM = "survey_team", "Message of the survey team"


class MessageState(models.TextChoices):
    """How far a message has come; the values are those of every row under a lease."""

    QUEUED = leases.QUEUED, "Waiting"
    SENDING = leases.RUNNING, "Being sent"
    SENT = leases.DONE, "Sent"
    FAILED = leases.FAILED, "Could not be sent"


class Message(LeasedRow):
    """One message to one address. Its key names the effect, so that the same effect is never told twice."""

    MAX_ATTEMPTS: ClassVar[int] = 12
    FIRST_PAUSE: ClassVar[timedelta] = timedelta(seconds=30)
    LONGEST_PAUSE: ClassVar[timedelta] = timedelta(minutes=30)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=MessageKind)
    recipient = models.EmailField()
    subject = models.CharField(max_length=200, blank=True, help_text="Empty if the worker writes the message.")
    text = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=MessageState, default=MessageState.QUEUED)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = LeasedQuerySet["Message"].as_manager()

    class Meta:
        ordering = ("created_at",)
        indexes = (
            models.Index("created_at", condition=models.Q(state__in=leases.UNFINISHED), name="messages_that_wait"),
        )

    @property
    def pause(self) -> timedelta:
        """How long to wait after an attempt that failed: twice as long each time, up to half an hour."""
        doublings: int = 2 ** max(self.attempts - 1, 0)
        return min(self.FIRST_PAUSE * doublings, self.LONGEST_PAUSE)
