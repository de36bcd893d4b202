"""What the survey team sends to boards and when, what it noted of its contacts with them, and what it decided."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from accounts import leases
from accounts.append_only import AppendOnlyModel, AppendOnlyQuerySet
from accounts.leases import LeasedQuerySet, LeasedRow
from accounts.models import User
from respondents.contacts.disposition import CutOffs, Disposition
from respondents.register.models import Board
from respondents.returns.models import Return
from survey.models import Wave


class ContactSettings(models.Model):
    """What the survey team set for the contacts of one wave; a wave without a row has what is set here."""

    wave = models.OneToOneField(Wave, models.CASCADE, related_name="contact_settings")
    partial_from = models.PositiveSmallIntegerField(default=CutOffs.partial_from)
    complete_above = models.PositiveSmallIntegerField(default=CutOffs.complete_above)
    sends_digest = models.BooleanField(default=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(partial_from__gte=1, complete_above__lte=99, partial_from__lte=F("complete_above")),
                name="cut_offs_are_in_order",
            ),
        )

    @property
    def cut_offs(self) -> CutOffs:
        """The shares at which a return is partial or complete."""
        return CutOffs(self.partial_from, self.complete_above)


class ContactKind(models.TextChoices):
    """How the survey team and a board were in touch."""

    CALL = "call", "Telephone call"
    LETTER = "letter", "Letter"
    EMAIL = "email", "Email"
    VISIT = "visit", "Visit or meeting"


class CameOfIt(models.TextChoices):
    """What came of a contact."""

    SPOKE = "spoke", "Spoke to the chair or their office"
    LEFT_MESSAGE = "left_message", "Left a message"
    PROMISE = "promise", "Promised to answer"
    REFUSAL = "refusal", "Refused to take part"
    VACANCY = "vacancy", "The board has no chair"
    WRONG_ADDRESS = "wrong_address", "The address is wrong"
    OTHER = "other", "Something else"


class ContactEntry(AppendOnlyModel):
    """One contact with a board: how, what came of it, and when to come back to it. The next entry settles that."""

    survey_return = models.ForeignKey(Return, models.CASCADE, related_name="contact_entries")
    key = models.UUIDField(default=uuid.uuid4, help_text="Of the form it was written in: sent twice, it is kept once.")
    kind = models.CharField(max_length=10, choices=ContactKind)
    came_of_it = models.CharField(max_length=15, choices=CameOfIt)
    note = models.TextField(blank=True)
    follow_up = models.DateField(null=True, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = AppendOnlyQuerySet["ContactEntry"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("survey_return", "key"), name="one_contact_entry_per_form"),)


class DispositionWords(models.TextChoices):
    """The dispositions as they are called on screen."""

    COMPLETE = Disposition.COMPLETE.value, "Complete"
    PARTIAL = Disposition.PARTIAL.value, "Partial"
    BREAK_OFF = Disposition.BREAK_OFF.value, "Break-off"
    REFUSAL = Disposition.REFUSAL.value, "Refusal"
    OPENED_ONLY = Disposition.OPENED_ONLY.value, "Opened only"
    NEVER_OPENED = Disposition.NEVER_OPENED.value, "Never opened"
    BOUNCED = Disposition.BOUNCED.value, "Bounced"
    NOT_ELIGIBLE = Disposition.NOT_ELIGIBLE.value, "Not eligible"
    DUPLICATE = Disposition.DUPLICATE.value, "Duplicate"


class OutcomeDecision(AppendOnlyModel):
    """The survey team set a board's disposition against what follows from the data, or gave that up; the last holds."""

    survey_return = models.ForeignKey(Return, models.CASCADE, related_name="outcome_decisions")
    disposition = models.CharField(max_length=15, choices=DispositionWords, blank=True, help_text="Blank: as derived.")
    reason = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = AppendOnlyQuerySet["OutcomeDecision"].as_manager()


class TemplateKind(models.TextChoices):
    """The messages whose words the survey team may choose."""

    PRE_NOTICE = "pre_notice", "Pre-notice"
    INVITATION = "invitation", "Invitation"
    REMINDER_NOT_STARTED = "not_started", "Reminder: not started"
    REMINDER_IN_PROGRESS = "in_progress", "Reminder: in progress"
    REMINDER_WAITING = "waiting", "Reminder: waiting for signature"
    THANKS = "thanks", "Thanks"
    EXTENSION = "extension", "Extension"
    REOPENING = "reopening", "Reopening"


class TemplateVersion(AppendOnlyModel):
    """A wording as somebody left it; the last one of its kind holds, and before the first the standard wording."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="template_versions")
    kind = models.CharField(max_length=12, choices=TemplateKind)
    subject = models.CharField(max_length=150)
    text = models.TextField()
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = AppendOnlyQuerySet["TemplateVersion"].as_manager()


class MailingKind(models.TextChoices):
    """What may be sent to many boards on a day that was planned."""

    PRE_NOTICE = "pre_notice", "Pre-notice"
    INVITATION = "invitation", "Invitation"
    REMINDER = "reminder", "Reminder"
    THANKS = "thanks", "Thanks"


class MailingState(models.TextChoices):
    """How far a planned mailing has come; the values are those of every row under a lease."""

    PLANNED = leases.QUEUED, "Planned"
    RUNNING = leases.RUNNING, "Being sent"
    DONE = leases.DONE, "Sent"
    FAILED = leases.FAILED, "Needs attention"
    CANCELLED = "cancelled", "Cancelled"


class MailingQuerySet(LeasedQuerySet["Mailing"]):
    """What is due. An attempt that got on does not count against a mailing, however often its worker is lost."""

    def claimable(self, *, now: datetime) -> "LeasedQuerySet[Mailing]":
        """Due, and held by nobody."""
        return super().claimable(now=now).filter(due_at__lte=now)

    def exhausted(self, *, now: datetime) -> "LeasedQuerySet[Mailing]":
        """Those that got no further in as many attempts as they may have."""
        return self.claimable(now=now).filter(fruitless__gte=Mailing.MOST_FRUITLESS)

    def claim(self, pk: object, *, now: datetime) -> "Mailing | None":
        """The mailing, now held by the caller; nothing if it is not due, held, finished or exhausted."""
        mine = self.claimable(now=now).filter(pk=str(pk), fruitless__lt=Mailing.MOST_FRUITLESS)
        taken = {"state": leases.RUNNING, "lease_until": now + Mailing.LEASE, "attempts": F("attempts") + 1}
        return self.get(pk=str(pk)) if mine.update(**taken, fruitless=F("fruitless") + 1) else None


class Mailing(LeasedRow):
    """One message to every board of a wave that it concerns, at a planned moment. Its cursor says how far it came."""

    LEASE: ClassVar[timedelta] = timedelta(seconds=30)
    MOST_FRUITLESS: ClassVar[int] = 5
    PAUSE: ClassVar[timedelta] = timedelta(seconds=30)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="mailings")
    kind = models.CharField(max_length=12, choices=MailingKind, default=MailingKind.REMINDER)
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=MailingState, default=MailingState.PLANNED)
    fruitless = models.PositiveSmallIntegerField(default=0, help_text="Attempts since it last got on.")
    cursor = models.UUIDField(null=True, blank=True, help_text="The last return it has come to.")
    queued = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = MailingQuerySet.as_manager()

    class Meta:
        ordering = ("due_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("wave", "kind", "due_at"),
                condition=~Q(state="cancelled"),
                name="one_mailing_of_a_kind_at_a_time",
            ),
        )


class StopQuerySet(models.QuerySet["Stop"]):
    """Reads on whom not to write to."""

    def in_force(self) -> "StopQuerySet":
        """Those that nobody has lifted."""
        return self.filter(lifted_at=None)


class Stop(models.Model):
    """An address, or a board, to which nothing is sent in bulk, and why; until somebody lifts it."""

    email = models.EmailField(blank=True)
    board = models.ForeignKey(Board, models.PROTECT, null=True, blank=True, related_name="stops")
    reason = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = StopQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(email="", board__isnull=False) | (~Q(email="") & Q(board__isnull=True)),
                name="stop_is_for_an_address_or_a_board",
            ),
            models.UniqueConstraint(
                fields=("email",), condition=Q(lifted_at=None) & ~Q(email=""), name="one_stop_per_address"
            ),
            models.UniqueConstraint(fields=("board",), condition=Q(lifted_at=None), name="one_stop_per_board"),
        )
