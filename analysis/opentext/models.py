"""Frames, codings, decisions, redactions and quotes. Nothing is ever changed: the latest row counts, all are kept."""

from django.db import models

from accounts.append_only import AppendOnlyModel, AppendOnlyQuerySet
from accounts.models import User
from respondents.returns.models import Return
from survey.models import Wave

ITEM = 80


class OfItem(AppendOnlyModel):
    """A row about one text item of a wave."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="+")
    item = models.CharField(max_length=ITEM)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        abstract = True


class OfAnswer(AppendOnlyModel):
    """A row about one answer as it read, known by its digest: a text that was changed since is another answer."""

    survey_return = models.ForeignKey(Return, models.CASCADE, related_name="+")
    item = models.CharField(max_length=ITEM)
    text_digest = models.CharField(max_length=64)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        abstract = True


class FrameVersion(OfItem):
    """The coding frame of an item as a whole; a change of one code makes the next version."""

    number = models.PositiveIntegerField()
    codes = models.JSONField(help_text="Each code with key, name, definition, include, exclude, example, parent.")
    change = models.CharField(max_length=300, help_text="What is different from the version before.")

    objects = AppendOnlyQuerySet["FrameVersion"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("wave", "item", "number"), name="one_frame_per_number"),)


class Coders(OfItem):
    """Who codes an item: the first codes every answer, the second those that are coded twice."""

    first = models.ForeignKey(User, models.PROTECT, related_name="+")
    second = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = AppendOnlyQuerySet["Coders"].as_manager()


class CoderDone(OfItem):
    """A coder has coded all that was theirs; from then on what they coded stands."""

    coder = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = AppendOnlyQuerySet["CoderDone"].as_manager()


class Redaction(OfAnswer):
    """An answer as it may be shown, every passage decided on by a person. The original stays in the return."""

    text = models.TextField(help_text="The answer with typed marks where something was taken out.")
    edits = models.JSONField(help_text="Start, end, kind, mark and decision of each passage.")
    is_blocked = models.BooleanField(default=False, help_text="It tells of one child or case: nothing is quoted.")

    objects = AppendOnlyQuerySet["Redaction"].as_manager()


class Coding(OfAnswer):
    """What one coder made of one answer, by which version of the frame. No codes: none applies."""

    frame = models.ForeignKey(FrameVersion, models.PROTECT, related_name="+")
    redaction = models.ForeignKey(
        Redaction,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="What was read; empty where nobody had redacted the answer yet.",
    )
    applied = models.JSONField(
        help_text="Code keys, each with start and end of a passage or none: places in the answer as it was written."
    )
    is_from_file = models.BooleanField(default=False)

    objects = AppendOnlyQuerySet["Coding"].as_manager()

    class Meta:
        indexes = (models.Index(fields=("survey_return", "item"), name="codings_of_answers"),)


class Adjudication(OfAnswer):
    """What was decided where two coders differed, and why. Both codings are kept beside it."""

    first = models.ForeignKey(Coding, models.PROTECT, related_name="+")
    second = models.ForeignKey(Coding, models.PROTECT, related_name="+")
    applied = models.JSONField()
    reason = models.TextField()

    objects = AppendOnlyQuerySet["Adjudication"].as_manager()


class Quote(OfAnswer):
    """A passage of a redacted answer that somebody wants to quote."""

    redaction = models.ForeignKey(Redaction, models.PROTECT, related_name="+")
    text = models.TextField(help_text="The words as they would be printed; every edit in square brackets.")
    reason = models.TextField(help_text="What it shows.")

    objects = AppendOnlyQuerySet["Quote"].as_manager()


class QuoteStepKind(models.TextChoices):
    """What became of a quote."""

    CONSENTED = "consented", "The board agreed"
    DECLINED = "declined", "The board did not agree"
    APPROVED = "approved", "Approved by a second person"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"


class QuoteStep(AppendOnlyModel):
    """One step in the life of a quote, with who took it and why."""

    quote = models.ForeignKey(Quote, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=QuoteStepKind)
    reason = models.TextField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = AppendOnlyQuerySet["QuoteStep"].as_manager()


class LocalName(AppendOnlyModel):
    """A name that no register holds, such as a local programme: looked for in answers from now on, or no longer."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="+")
    words = models.CharField(max_length=120)
    is_listed = models.BooleanField(default=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = AppendOnlyQuerySet["LocalName"].as_manager()


# What is erased together with the words of a return, by the path to it.
TEXTS: tuple[tuple[type[AppendOnlyModel], str, tuple[str, ...]], ...] = (
    (Adjudication, "survey_return", ("reason",)),
    (Redaction, "survey_return", ("text",)),
    (Quote, "survey_return", ("text", "reason")),
    (QuoteStep, "quote__survey_return", ("reason",)),
)
