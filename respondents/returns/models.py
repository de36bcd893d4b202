"""A return, every save that made it, and the numbered submissions that were sent."""

import secrets
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone

from accounts.append_only import AppendOnlyModel, AppendOnlyQuerySet
from accounts.models import User
from respondents.register.models import Appointment, Board, Stratum
from respondents.returns.standing import Standing
from survey.models import Wave
from survey.schema.answers import Value


def new_pseudonym() -> str:
    """A name that says nothing: twelve letters and figures by chance."""
    return secrets.token_hex(6)


class ReturnState(models.TextChoices):
    """How far a return has come."""

    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    SUBMITTED = "submitted", "Submitted"
    CHANGED = "changed", "Changed since it was submitted"
    WAITING = "waiting", "Waiting for signature"


class ReturnQuerySet(models.QuerySet["Return"]):
    """Reads on returns; every page starts from one of these."""

    def with_standing(self, person: User, *, now: datetime) -> "ReturnQuerySet":
        """Each return with what the person may do there now: see `Return.standing`."""
        chaired = Appointment.objects.filter(person=person).current_on(timezone.localdate(now))
        asked = person.contributions.current().filter(survey_return=models.OuterRef("pk"))
        return self.annotate(
            is_chaired=models.Exists(chaired.filter(board=models.OuterRef("board"))),
            is_signed_by=models.Exists(asked.filter(part="signer")),
            given_sections=models.Subquery(asked.filter(part="contributor").values("sections")[:1]),
        )

    def visible_to(self, person: User, *, now: datetime) -> "ReturnQuerySet":
        """The returns that this person may open now, with their standing on each."""
        chaired = Appointment.objects.filter(person=person).current_on(timezone.localdate(now))
        asked = person.contributions.current()
        return self.with_standing(person, now=now).filter(
            models.Q(board__in=chaired.values("board")) | models.Q(pk__in=asked.values("survey_return"))
        )

    def in_frame(self) -> "ReturnQuerySet":
        """One return per eligible board; leaves out unattributed legacy returns."""
        return self.filter(board__isnull=False)

    def counting(self) -> "ReturnQuerySet":
        """Without duplicates: the returns that any figure may count."""
        return self.filter(duplicate_of=None)

    def submitted(self) -> "ReturnQuerySet":
        """Those with a submission that counts."""
        return self.counting().filter(submitted_version__isnull=False)


COUNTED_VERSIONS = ("version", "submitted_version", "awaiting_version")


class Return(Stratum):
    """One board's response in one wave. The set of a wave's returns with a board is its frame."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="returns")
    board = models.ForeignKey(Board, models.PROTECT, null=True, blank=True, related_name="returns")
    pseudonym = models.CharField(
        max_length=12, unique=True, default=new_pseudonym, help_text="What those call it who read answers, not names."
    )
    legacy_id = models.CharField(max_length=60, blank=True, help_text="Its name in the file it was imported from.")
    answers = models.JSONField(default=dict, help_text="Closed answers: item code to option value.")
    texts = models.JSONField(default=dict, help_text="Typed answers: item code to text.")
    copied: "models.JSONField[dict[str, str]]" = models.JSONField(
        default=dict, help_text="Answers copied from another return and not confirmed yet: item code to that return."
    )
    version = models.PositiveIntegerField(default=0, help_text="How many saves made it.")
    last_digest = models.CharField(max_length=64, blank=True, help_text="Digest of its last save: the chain's head.")
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_version = models.PositiveIntegerField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    awaiting_version = models.PositiveIntegerField(
        null=True, blank=True, help_text="The version sent for signature; void once answers change."
    )
    duplicate_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="duplicates",
        help_text="The board's return that this one repeats: kept, out of the frame and of every table.",
    )
    extended_until = models.DateTimeField(
        null=True, blank=True, help_text="The latest extension of this return: so that no page needs a query for it."
    )

    declarers_erased: "models.JSONField[list[int]]" = models.JSONField(
        default=list, blank=True, help_text="Numbers of submissions from which the name of who declared them is to go."
    )
    texts_erased_at = models.DateTimeField(
        null=True, blank=True, help_text="When its words were erased; from then on digests vouch for codes alone."
    )

    objects = ReturnQuerySet.as_manager()

    class Meta:
        indexes = (
            # All that is counted of a wave's returns, so that counting does not read their answers' pages.
            models.Index(
                fields=("wave",),
                include=("id", "board", "authority_type", "region", *COUNTED_VERSIONS),
                name="returns_as_counted",
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=("wave", "board"), name="one_return_per_board_and_wave"),
            models.UniqueConstraint(
                fields=("wave", "legacy_id"), condition=~models.Q(legacy_id=""), name="one_return_per_legacy_id"
            ),
        )

    told: Standing | None = None  # what `read_for` knows of one person

    @property
    def values(self) -> dict[str, Value]:
        """Every answer given so far, by item code."""
        return {**self.answers, **self.texts}

    @property
    def closes_at(self) -> datetime:
        """When it closes: with its wave, or later where the survey team moved that for this board."""
        return max(self.wave.closes_at, self.extended_until or self.wave.closes_at)

    def is_extended_at(self, now: datetime) -> bool:
        """Whether it has more time than its wave, and that time has not passed."""
        return self.extended_until is not None and max(self.wave.closes_at, now) < self.extended_until

    @property
    def state(self) -> ReturnState:
        """How far this return has come."""
        if self.awaiting_version is not None and self.awaiting_version == self.version:
            return ReturnState.WAITING
        if self.submitted_version is None:
            return ReturnState.IN_PROGRESS if self.version else ReturnState.NOT_STARTED
        return ReturnState.SUBMITTED if self.submitted_version == self.version else ReturnState.CHANGED

    @property
    def standing(self) -> Standing:
        """What the person for whom `with_standing` found this return may do on it; found otherwise, nothing."""
        return self.told or Standing(
            is_chair=getattr(self, "is_chaired", False),
            is_signer=getattr(self, "is_signed_by", False),
            sections=frozenset(getattr(self, "given_sections", None) or ()),
        )

    def put(self, changes: Mapping[str, Value]) -> None:
        """Takes these values in memory: whole numbers and lists are closed answers, strings are typed ones."""
        for code, value in changes.items():
            self.answers.pop(code, None)
            self.texts.pop(code, None)
            if value is not None:
                (self.texts if isinstance(value, str) else self.answers)[code] = value


class FrameAuthority(Stratum):
    """An authority that a board covered when the wave opened: the second register that rates are reckoned on."""

    survey_return = models.ForeignKey(Return, models.CASCADE, related_name="frame_authorities")
    gss_code = models.CharField(max_length=9)
    name = models.CharField(max_length=100)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("survey_return", "gss_code"), name="authority_once_per_return"),)


class SaveSource(models.TextChoices):
    """By which door answers came in."""

    PORTAL = "portal", "The respondent's pages"
    IMPORT = "import", "A file of returns"
    TELEPHONE = "telephone", "Taken by telephone"
    ATTRIBUTED = "attributed", "A return that had named no board"
    COPY = "copy", "Another return of the same chair"


class Save(AppendOnlyModel):
    """One save of a return: who, when, which items from what to what, chained by digest to the save before."""

    survey_return = models.ForeignKey(Return, models.CASCADE, related_name="saves")
    version = models.PositiveIntegerField()
    source = models.CharField(max_length=10, choices=SaveSource)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    changes: "models.JSONField[dict[str, list[Any]]]" = models.JSONField(help_text="Item code to old, new.")
    set_aside = models.JSONField(default=dict, help_text="What the person had written and gave up in a conflict.")
    note = models.JSONField(
        default=dict,
        help_text="Where a copy came from, which copied answers were confirmed, or who spoke on the telephone.",
    )
    tab = models.CharField(max_length=36, blank=True, help_text="Which open page sent it, where scripts ran.")
    device = models.CharField(max_length=8, blank=True, help_text="Phone, tablet or computer; see devices.py.")
    previous_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    objects = AppendOnlyQuerySet["Save"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("survey_return", "version"), name="one_save_per_version"),)


class SubmissionQuerySet(AppendOnlyQuerySet["Submission"]):
    """Reads on what was sent."""

    def counting(self) -> "SubmissionQuerySet":
        """The latest submission of each return that is submitted and no duplicate: the one that counts."""
        later = Submission.objects.filter(
            survey_return=models.OuterRef("survey_return"), number__gt=models.OuterRef("number")
        )
        standing = self.filter(survey_return__duplicate_of=None, survey_return__submitted_version__isnull=False)
        return standing.filter(~models.Exists(later))

    def counting_by(self, moment: datetime) -> "SubmissionQuerySet":
        """The same of all that had been sent by a moment."""
        sent = Submission.objects.filter(submitted_at__lte=moment)
        later = sent.filter(survey_return=models.OuterRef("survey_return"), number__gt=models.OuterRef("number"))
        standing = self.filter(survey_return__duplicate_of=None, submitted_at__lte=moment)
        return standing.filter(~models.Exists(later))


class Submission(AppendOnlyModel):
    """What a board sent: an immutable, numbered, complete copy of one version of its return."""

    survey_return = models.ForeignKey(Return, models.CASCADE, related_name="submissions")
    number = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    answers = models.JSONField()
    texts = models.JSONField()
    packed = models.BinaryField(
        default=bytes, help_text="The same codes as `answers`, a byte each, for whoever reads many; see `seal`."
    )
    copied = models.JSONField(default=dict, help_text="Answers copied from another return that nobody had confirmed.")
    reference = models.CharField(max_length=20, unique=True)
    digest = models.CharField(max_length=64)
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    declared_by = models.CharField(
        max_length=200, blank=True, help_text="Who declared it on the telephone to the member of staff who sent it."
    )
    name_erased_at = models.DateTimeField(
        null=True, blank=True, help_text="When that name was erased; the digest cannot be checked any more."
    )
    minutes_taken = models.PositiveIntegerField(null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("survey_return", "number"), name="one_submission_per_number"),
            models.UniqueConstraint(fields=("survey_return", "version"), name="one_submission_per_version"),
        )
