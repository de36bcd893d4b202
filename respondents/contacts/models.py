"""What the survey team noted of its contacts with boards, and what it decided of them. Both are kept as written."""

import uuid

from django.db import models
from django.db.models import F, Q

from accounts.append_only import AppendOnlyModel, AppendOnlyQuerySet
from accounts.models import User
from respondents.contacts.disposition import CutOffs, Disposition
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
