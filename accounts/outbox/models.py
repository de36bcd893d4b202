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
    PRE_NOTICE = "pre_notice", "Pre-notice"
    THANKS = "thanks", "Thanks"
    EXTENSION = "extension", "Extension"
    REOPENING = "reopening", "Reopening"
    DIGEST = "digest", "Daily digest"
    TEST = "test", "Test message"
    RESULTS = "results", "Results"
    EARLY_ACCESS = "early_access", "Pre-release access"


# Goes to many at once, and may take its time: nobody waits for one of these at a screen.
BULK = frozenset({
    *(MessageKind.INVITATION, MessageKind.PRE_NOTICE, MessageKind.REMINDER, MessageKind.THANKS),
    *(MessageKind.EXTENSION, MessageKind.DIGEST, MessageKind.RESULTS),
})  # fmt: skip


class MessageState(models.TextChoices):
    """How far a message has come; the values are those of every row under a lease."""

    QUEUED = leases.QUEUED, "Waiting"
    SENDING = leases.RUNNING, "Being sent"
    SENT = leases.DONE, "Sent"
    FAILED = leases.FAILED, "Could not be sent"
    BOUNCED = "bounced", "Came back"
    WITHDRAWN = "withdrawn", "No longer needed"


class Message(LeasedRow):
    """One message to one address. Its key names the effect, so that the same effect is never told twice."""

    # Longer than a slow provider takes; short enough that what a killed worker held goes within a minute.
    LEASE: ClassVar[timedelta] = timedelta(seconds=45)
    MAX_ATTEMPTS: ClassVar[int] = 12
    FIRST_PAUSE: ClassVar[timedelta] = timedelta(seconds=30)
    LONGEST_PAUSE: ClassVar[timedelta] = timedelta(minutes=30)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=MessageKind)
    recipient = models.EmailField()
    subject = models.CharField(max_length=200, blank=True, help_text="Empty if the worker writes the message.")
    text = models.TextField(blank=True)
    has_html = models.BooleanField(default=False, help_text="Whether it goes as HTML too, made from the same text.")
    wave = models.SlugField(max_length=60, blank=True, help_text="The wave it belongs to, if any.")
    about = models.UUIDField(null=True, blank=True, db_index=True, help_text="The return it speaks of, if any.")
    provider_number = models.CharField(max_length=100, blank=True, help_text="What the sender calls it.")
    state = models.CharField(max_length=10, choices=MessageState, default=MessageState.QUEUED)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)

    objects = LeasedQuerySet["Message"].as_manager()

    class Meta:
        ordering = ("created_at",)
        indexes = (
            models.Index("created_at", condition=models.Q(state__in=leases.UNFINISHED), name="messages_that_wait"),
            models.Index("recipient", condition=models.Q(state="bounced"), name="messages_that_bounced"),
            models.Index(fields=("wave", "-created_at"), name="messages_of_a_wave"),
        )

    @property
    def pause(self) -> timedelta:
        """How long to wait after an attempt that failed: twice as long each time, up to half an hour."""
        doublings: int = 2 ** max(self.attempts - 1, 0)
        return min(self.FIRST_PAUSE * doublings, self.LONGEST_PAUSE)
