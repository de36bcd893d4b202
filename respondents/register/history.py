"""Every change of the register: who made it, when, and from what to what; and the files that were imported."""

from typing import TypeAlias

from django.db import models

from accounts.append_only import AppendOnlyModel, AppendOnlyQuerySet
from accounts.models import User

Value: TypeAlias = str | list[str] | None
Values: TypeAlias = dict[str, list[Value]]


class Subject(models.TextChoices):
    """What of the register can change."""

    AUTHORITY = "authority", "Authority"
    BOARD = "board", "Board"
    PERSON = "person", "Person"
    APPOINTMENT = "appointment", "Appointment"


class ChangeKind(models.TextChoices):
    """What became of a row."""

    ADDED = "added", "Added"
    CHANGED = "changed", "Changed"
    ENDED = "ended", "Ended"
    REMOVED = "removed", "Removed"


class ImportState(models.TextChoices):
    """How far an import has come."""

    CHECKING = "checking", "Being checked"
    REFUSED = "refused", "Not imported: something is wrong with the files"
    PROPOSED = "proposed", "Waiting for you to confirm"
    IMPORTING = "importing", "Being imported"
    APPLIED = "applied", "Imported"
    UNDOING = "undoing", "Being undone"
    UNDONE = "undone", "Undone"


class RegisterImport(models.Model):
    """Tables that somebody sent, as they were read, and what became of them."""

    name = models.CharField(max_length=300, help_text="What the files were called.")
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.PROPOSED)
    ends_absent = models.BooleanField(help_text="Whether what the files do not mention is ended.")
    tables = models.BinaryField()
    counts = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True, help_text="Of the preview, where one is kept.")
    warnings = models.JSONField(default=list, help_text="What looks odd in the preview that is kept.")
    problems = models.JSONField(default=list, help_text="What was wrong with the files, the first hundred.")
    more_problems = models.PositiveIntegerField(default=0)
    sample = models.CharField(max_length=300, blank=True, help_text="How a line reads in other letters.")
    note = models.CharField(max_length=300, blank=True, help_text="What came of the last attempt, in words.")
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    applied_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name


class RegisterChange(AppendOnlyModel):
    """One row of the register was added, changed, ended or removed.

    It names the row by its key and not by a reference, so that it outlives the row.
    """

    subject = models.CharField(max_length=12, choices=Subject)
    key = models.BigIntegerField()
    board_key = models.BigIntegerField(null=True, blank=True, help_text="The board whose history it belongs to.")
    person_key = models.BigIntegerField(null=True, blank=True, help_text="The account whose name it may say.")
    about = models.CharField(max_length=300)
    kind = models.CharField(max_length=8, choices=ChangeKind)
    values = models.JSONField(default=dict, help_text="Field: what stood there, and what stands there now.")
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    of_import = models.ForeignKey(RegisterImport, models.PROTECT, null=True, blank=True, related_name="changes")

    objects = AppendOnlyQuerySet["RegisterChange"].as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = (
            models.Index(fields=("subject", "key"), name="change_of_row"),
            models.Index(fields=("board_key",), name="change_of_board"),
            models.Index(fields=("person_key",), name="change_of_person"),
        )


class RegisterLock(models.Model):
    """One row: whoever changes the register holds it until they commit."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="one_lock_of_the_register"),)


def hold_register() -> None:
    """Waits until nobody else changes the register, and keeps others waiting until this transaction ends."""
    RegisterLock.objects.get_or_create(pk=1)
    RegisterLock.objects.select_for_update().get(pk=1)


def differences(before: dict[str, Value], after: dict[str, Value]) -> Values:
    """The fields that differ, each with both values."""
    return {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}
