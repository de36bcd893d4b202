"""What is prepared before a wave opens, what was done without, and every change of its closing time."""

from django.db import models

from accounts.append_only import AppendOnlyModel, AppendOnlyQuerySet
from accounts.models import User
from survey.models import Wave


class Approval(models.TextChoices):
    """What a survey of public bodies holds before it starts."""

    STAR_CHAMBER = "star_chamber", "Star Chamber approval"
    ADCS = "adcs", "ADCS approval"
    BURDEN = "burden", "Estimate of the burden"
    DPIA = "dpia", "Data protection impact assessment"
    PRIVACY = "privacy", "Privacy notice"


class Preparation(models.Model):
    """How far a wave is prepared: what was decided and by when it was checked."""

    wave = models.OneToOneField(Wave, models.CASCADE, related_name="preparation")
    started_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField()
    boards = models.JSONField(default=list, blank=True, help_text="Of a test wave: the boards that take part.")
    frame_checked_at = models.DateTimeField(null=True, blank=True)
    dates_set_at = models.DateTimeField(null=True, blank=True)
    signature_set_at = models.DateTimeField(null=True, blank=True)
    star_chamber_reference = models.CharField(max_length=60, blank=True)
    adcs_reference = models.CharField(max_length=60, blank=True)
    burden_minutes = models.PositiveIntegerField(null=True, blank=True, help_text="Minutes for one return.")
    dpia_date = models.DateField(null=True, blank=True)
    dpia_owner = models.CharField(max_length=200, blank=True)
    privacy_version = models.CharField(max_length=60, blank=True)
    privacy_date = models.DateField(null=True, blank=True)
    test_note = models.TextField(blank=True, help_text="What was tried before opening, and what came of it.")
    tested_at = models.DateTimeField(null=True, blank=True)

    def holds(self, approval: Approval) -> bool:
        """Whether everything that belongs to this approval is written down."""
        held = {
            Approval.STAR_CHAMBER: bool(self.star_chamber_reference),
            Approval.ADCS: bool(self.adcs_reference),
            Approval.BURDEN: self.burden_minutes is not None,
            Approval.DPIA: bool(self.dpia_date and self.dpia_owner),
            Approval.PRIVACY: bool(self.privacy_version and self.privacy_date),
        }
        return held[approval]


class ApprovalOverride(AppendOnlyModel):
    """Somebody decided that a wave opens without an approval, and why."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="approval_overrides")
    approval = models.CharField(max_length=20, choices=Approval)
    reason = models.TextField()
    made_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()

    objects = AppendOnlyQuerySet["ApprovalOverride"].as_manager()


class ChangeKind(models.TextChoices):
    """Which way the closing time was moved."""

    EXTENDED = "extended", "Extended"
    CLOSED = "closed", "Closed early"


class ClosingChange(AppendOnlyModel):
    """The closing time of an opened wave was moved, by whom and why."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="closing_changes")
    kind = models.CharField(max_length=10, choices=ChangeKind)
    before = models.DateTimeField()
    after = models.DateTimeField()
    reason = models.TextField()
    made_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()

    objects = AppendOnlyQuerySet["ClosingChange"].as_manager()
