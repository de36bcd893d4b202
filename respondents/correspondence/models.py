"""What the people on a return and the survey team say to each other beside the answers. All of it is kept."""

import uuid

from django.db import models

from accounts.append_only import AppendOnlyModel, AppendOnlyQuerySet
from accounts.models import User
from respondents.returns.models import Return, Submission
from respondents.returns.reopening import Reopening


class TeamMessage(AppendOnlyModel):
    """A message between the people on a return and the survey team."""

    survey_return = models.ForeignKey(Return, models.CASCADE, related_name="team_messages")
    key = models.UUIDField(default=uuid.uuid4, help_text="Of the form it was written in: sent twice, it is kept once.")
    is_from_team = models.BooleanField()
    text = models.TextField()
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = AppendOnlyQuerySet["TeamMessage"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("survey_return", "key"), name="one_message_per_form"),)


class QueryState(models.TextChoices):
    """How a query stands."""

    OPEN = "open", "Waiting for an answer"
    ANSWERED = "answered", "Answered"
    CLOSED = "closed", "Closed"


class QueryQuerySet(AppendOnlyQuerySet["Query"]):
    """Reads on queries."""

    def with_state(self) -> "QueryQuerySet":
        """Each with the state that its last step left it in."""
        last = QueryStep.objects.filter(query=models.OuterRef("pk")).order_by("-pk")
        return self.annotate(last_state=models.Subquery(last.values("state")[:1]))

    def waiting(self) -> "QueryQuerySet":
        """Those that the board has still to answer."""
        return self.with_state().filter(models.Q(last_state=None) | models.Q(last_state=QueryState.OPEN))


class Query(AppendOnlyModel):
    """What the survey team asks about the answer to one item, as that answer stood then."""

    survey_return = models.ForeignKey(Return, models.CASCADE, related_name="queries")
    key = models.UUIDField(default=uuid.uuid4)
    item = models.CharField(max_length=100)
    stood = models.JSONField(null=True, help_text="The stored answer that was asked about.")
    text = models.TextField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    objects = QueryQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("survey_return", "key"), name="one_query_per_form"),)

    @property
    def state(self) -> QueryState:
        """How it stands, where `with_state` has looked."""
        return QueryState(getattr(self, "last_state", None) or QueryState.OPEN)


class QueryStep(AppendOnlyModel):
    """One step after a query was put: the board answers, or the team closes it or asks again."""

    query = models.ForeignKey(Query, models.CASCADE, related_name="steps")
    key = models.UUIDField(default=uuid.uuid4)
    state = models.CharField(max_length=10, choices=QueryState, help_text="The state this step leaves the query in.")
    text = models.TextField(blank=True)
    stood = models.JSONField(null=True, help_text="The stored answer when the step was taken.")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = AppendOnlyQuerySet["QueryStep"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("query", "key"), name="one_query_step_per_form"),)


class Decision(models.TextChoices):
    """How a wish to reopen was decided; blank while it waits."""

    GRANTED = "granted", "Granted"
    DECLINED = "declined", "Declined"


class ReopeningWishQuerySet(models.QuerySet["ReopeningWish"]):
    """Reads on wishes to reopen."""

    def waiting(self) -> "ReopeningWishQuerySet":
        """Those that nobody has decided."""
        return self.filter(decision="")


class ReopeningWish(models.Model):
    """A chair asked for sections to be reopened, and why; the survey team decides, and why."""

    survey_return = models.ForeignKey(Return, models.CASCADE, related_name="reopening_wishes")
    sections: "models.JSONField[list[str]]" = models.JSONField(help_text="Codes of the sections.")
    reason = models.TextField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    decision_reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reopening = models.OneToOneField(Reopening, models.PROTECT, null=True, blank=True, related_name="wish")

    objects = ReopeningWishQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("survey_return",), condition=models.Q(decision=""), name="one_waiting_reopening_wish"
            ),
        )


class Settled(models.TextChoices):
    """What became of a request for a reopening; blank while it waits."""

    APPROVED = "approved", "Approved"
    ENDED = "ended", "Refused or taken back"


class ReopeningRequestQuerySet(models.QuerySet["ReopeningRequest"]):
    """Reads on requests for a reopening."""

    def waiting(self) -> "ReopeningRequestQuerySet":
        """Those that nobody has decided."""
        return self.filter(decision="")


class ReopeningRequest(models.Model):
    """One of the survey team asks for a return to be reopened, and why; nothing is open until another approves."""

    survey_return = models.ForeignKey(Return, models.CASCADE, related_name="reopening_requests")
    key = models.UUIDField(default=uuid.uuid4, help_text="Of the form that asked: sent twice, it asks once.")
    sections: "models.JSONField[list[str]]" = models.JSONField(help_text="Codes of the sections.")
    until = models.DateTimeField()
    reason = models.TextField(help_text="Everyone on the return can read it once it is reopened.")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Settled, blank=True)
    decision_reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Nobody if by a command."
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reopening = models.OneToOneField(Reopening, models.PROTECT, null=True, blank=True, related_name="request")

    objects = ReopeningRequestQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("survey_return", "key"), name="one_reopening_request_per_form"),
            models.UniqueConstraint(
                fields=("survey_return",), condition=models.Q(decision=""), name="one_waiting_reopening_request"
            ),
            models.CheckConstraint(
                condition=~models.Q(decision="approved")
                | models.Q(decided_by__isnull=True)
                | ~models.Q(decided_by=models.F("asked_by")),
                name="a_reopening_is_approved_by_another_person",
            ),
        )


class Satisfaction(models.IntegerChoices):
    """How satisfied somebody was with answering."""

    VERY_SATISFIED = 1, "Very satisfied"
    SATISFIED = 2, "Satisfied"
    NEITHER = 3, "Neither satisfied nor dissatisfied"
    DISSATISFIED = 4, "Dissatisfied"
    VERY_DISSATISFIED = 5, "Very dissatisfied"


class AnsweredAs(models.TextChoices):
    """In which part somebody was asked how it went."""

    CHAIR = "chair", "Chair"
    SIGNER = "signer", "Signer"


class Feedback(AppendOnlyModel):
    """What somebody said of the survey itself after sending a return; blank throughout if they would rather not."""

    survey_return = models.ForeignKey(Return, models.CASCADE, related_name="feedback")
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="feedback")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    answered_as = models.CharField(max_length=10, choices=AnsweredAs)
    satisfaction = models.PositiveSmallIntegerField(choices=Satisfaction, null=True, blank=True)
    minutes = models.PositiveIntegerField(null=True, blank=True, help_text="Spent on the return, colleagues included.")
    comment = models.TextField(blank=True)
    given_at = models.DateTimeField()

    objects = AppendOnlyQuerySet["Feedback"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("survey_return", "person", "answered_as"), name="feedback_asked_once_per_part"
            ),
        )
