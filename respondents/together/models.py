"""Who works on a return beside its chair, what they told each other, and who was consulted. None of it is an answer."""

from datetime import datetime

from django.db import models

from accounts.append_only import AppendOnlyModel, AppendOnlyQuerySet
from accounts.models import User
from respondents.register.models import Board
from respondents.returns.models import Return


class Part(models.TextChoices):
    """What somebody was asked to do on a return."""

    CONTRIBUTOR = "contributor", "Answers sections"
    SIGNER = "signer", "Signs the return"


class ContributionQuerySet(models.QuerySet["Contribution"]):
    """Reads on who was asked to do what."""

    def current(self) -> "ContributionQuerySet":
        """Those in force."""
        return self.filter(removed_at=None)


class Contribution(models.Model):
    """A person was asked to work on a return, from one moment until another or still. A change ends one, begins one."""

    survey_return = models.ForeignKey(Return, models.CASCADE, related_name="contributions")
    person = models.ForeignKey(User, models.PROTECT, related_name="contributions")
    part = models.CharField(max_length=12, choices=Part, default=Part.CONTRIBUTOR)
    sections: "models.JSONField[list[str]]" = models.JSONField(default=list, help_text="Codes of the sections asked.")
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ContributionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("survey_return", "person", "part"),
                condition=models.Q(removed_at=None),
                name="one_current_contribution_per_part",
            ),
        )


class Comment(AppendOnlyModel):
    """What somebody on the return wrote to the others about a section."""

    survey_return = models.ForeignKey(Return, models.CASCADE, related_name="comments")
    section = models.CharField(max_length=60)
    text = models.TextField()
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = AppendOnlyQuerySet["Comment"].as_manager()


class Handback(AppendOnlyModel):
    """Somebody marked a section ready, or not ready after all; the latest counts."""

    survey_return = models.ForeignKey(Return, models.CASCADE, related_name="handbacks")
    section = models.CharField(max_length=60)
    is_ready = models.BooleanField()
    marked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()

    objects = AppendOnlyQuerySet["Handback"].as_manager()


class Consulted(models.TextChoices):
    """Whom a chair may have asked before a section was answered."""

    DCS = "dcs", "Director of Children’s Services"
    HEALTH = "health", "Health"
    POLICE = "police", "Police"
    PROBATION = "probation", "Probation"
    EDUCATION = "education", "Education"
    YOUTH_SERVICES = "youth_services", "Youth services"
    THIRD_SECTOR = "third_sector", "Third sector"
    SOCIAL_CARE = "childrens_social_care", "Children’s social care"
    OTHER = "other", "Somebody else"
    NOBODY = "nobody", "Nobody"


class ConsultationQuerySet(AppendOnlyQuerySet["Consultation"]):
    """Reads on who was consulted."""

    def counting(self) -> "ConsultationQuerySet":
        """The latest record for each section of each return: the one that counts."""
        later = Consultation.objects.filter(
            survey_return=models.OuterRef("survey_return"),
            section=models.OuterRef("section"),
            pk__gt=models.OuterRef("pk"),
        )
        return self.filter(~models.Exists(later))


class Consultation(AppendOnlyModel):
    """Who was consulted on a section, as the chair recorded it beside the return; earlier records are kept."""

    survey_return = models.ForeignKey(Return, models.CASCADE, related_name="consultations")
    section = models.CharField(max_length=60)
    consulted: "models.JSONField[list[str]]" = models.JSONField(help_text="Values of Consulted; empty: not recorded.")
    who_else = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = ConsultationQuerySet.as_manager()


class Transfer(AppendOnlyModel):
    """A board passed from one chair to the next, with its returns as they stood: who did that, when and why."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="transfers")
    survey_return = models.ForeignKey(Return, models.CASCADE, related_name="transfers")
    from_person = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    to_person = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.TextField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = AppendOnlyQuerySet["Transfer"].as_manager()


class SignatureOutcome(models.TextChoices):
    """How a request for a signature ended; blank while it waits."""

    SIGNED = "signed", "Signed"
    SENT_BACK = "sent_back", "Sent back"
    TAKEN_BACK = "taken_back", "Taken back"
    VOID = "void", "Overtaken by a change"


class SignatureQuerySet(models.QuerySet["SignatureRequest"]):
    """Reads on requests for a signature."""

    def waiting(self) -> "SignatureQuerySet":
        """Those that nobody has ended; an answer changed since makes such a request void all the same."""
        return self.filter(outcome="")


class SignatureRequest(models.Model):
    """The chair asked somebody to sign one version of the return. It locks nothing."""

    survey_return = models.ForeignKey(Return, models.CASCADE, related_name="signature_requests")
    version = models.PositiveIntegerField()
    signer = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=SignatureOutcome, blank=True)
    reason = models.TextField(blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("survey_return",), condition=models.Q(outcome=""), name="one_waiting_signature_request"
            ),
        )

    def end(self, outcome: SignatureOutcome, *, by: User, now: datetime, reason: str = "") -> None:
        """Ends the request; it is kept."""
        self.outcome, self.ended_by, self.ended_at, self.reason = outcome, by, now, reason
        self.save(update_fields=["outcome", "ended_by", "ended_at", "reason"])
