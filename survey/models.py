"""Published questionnaires, which never change, and the waves that run them."""

from datetime import datetime
from functools import cached_property
from hashlib import sha256

from django.db import models
from django.urls import reverse

from accounts.append_only import AppendOnlyModel, AppendOnlyQuerySet
from accounts.models import User
from survey.schema.document import Questionnaire, load

# Reading a document takes a while; a published one never changes, so once per process is enough.
_READ: dict[str, Questionnaire] = {}


def read_once(document: str) -> Questionnaire:
    """The questionnaire in this text, read the first time only; DocumentError if the text has problems."""
    digest = sha256(document.encode()).hexdigest()
    if digest not in _READ:
        _READ[digest] = load(document)
    return _READ[digest]


class QuestionnaireVersion(AppendOnlyModel):
    """A published questionnaire, exactly as it was written, with its digest."""

    code = models.SlugField(max_length=60)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    document = models.TextField()
    digest = models.CharField(max_length=64, unique=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = AppendOnlyQuerySet["QuestionnaireVersion"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("code", "version"), name="one_row_per_version"),)

    def __str__(self) -> str:
        return f"{self.code} version {self.version}"

    @cached_property
    def questionnaire(self) -> Questionnaire:
        """The document, read."""
        return read_once(self.document)


class DocumentDraft(AppendOnlyModel):
    """A document as somebody left it: every version of the text is kept, so that nothing typed is lost."""

    text = models.TextField()
    title = models.CharField(max_length=300, blank=True, help_text="As far as the text tells it.")
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followers", help_text="The draft it was made from."
    )

    objects = AppendOnlyQuerySet["DocumentDraft"].as_manager()


class NoQuestionnaire(LookupError):
    """Somebody asked what a draft asks before a questionnaire was chosen for it."""


class WaveQuerySet(models.QuerySet["Wave"]):
    """Reads on waves. A draft is a wave whose frame is not frozen yet: it has no returns, and only staff see it."""

    def drafts(self) -> "WaveQuerySet":
        """Those that are being prepared."""
        return self.filter(opened_at__isnull=True)

    def opened(self) -> "WaveQuerySet":
        """Those whose frame is frozen."""
        return self.filter(opened_at__isnull=False)

    def earlier_than(self, wave: "Wave") -> "WaveQuerySet":
        """The real waves that opened before this one, the latest first: what a wave may be compared with."""
        return self.opened().filter(is_test=False, opens_at__lt=wave.opens_at).order_by("-opens_at")


class Wave(models.Model):
    """One run of a questionnaire on a frame, between two moments. A draft until its frame is frozen.

    A draft's two moments may still be a proposal of ours that nobody has confirmed; its questionnaire may be missing.
    """

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=300)
    # By its digest, which says all about a version: a page that knows the wave needs no second query to know the rest.
    questionnaire_version = models.ForeignKey(
        QuestionnaireVersion, models.PROTECT, to_field="digest", null=True, blank=True, related_name="waves"
    )
    plan = models.CharField(max_length=60, blank=True, help_text="Name of the analysis plan, or nothing.")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True, help_text="When the frame was frozen; until then a draft.")
    needs_signature = models.BooleanField(default=False, help_text="Whether a second person signs each return.")
    is_test = models.BooleanField(default=False, help_text="Whether all its data may be deleted. Never changes.")

    objects = WaveQuerySet.as_manager()

    class Meta:
        ordering = ("-opens_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="wave_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=models.Q(opened_at__isnull=True) | models.Q(questionnaire_version__isnull=False),
                name="wave_opens_with_a_questionnaire",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The first page of this wave for staff: its tasks while it is a draft, then how it stands."""
        return reverse("life:tasks" if self.is_draft else "monitoring:wave", args=[self.slug])

    @property
    def is_draft(self) -> bool:
        """Whether its frame is still to be frozen."""
        return self.opened_at is None

    @property
    def questionnaire(self) -> Questionnaire:
        """What this wave asks; its text is fetched only if this process has not read it yet."""
        digest = self.questionnaire_version_id
        if known := _READ.get(digest or ""):
            return known
        if self.questionnaire_version is None:
            raise NoQuestionnaire(f"No questionnaire is chosen for {self.title} yet.")
        return read_once(self.questionnaire_version.document)

    def is_open_at(self, now: datetime) -> bool:
        """Whether answers may be saved and sent at this moment."""
        return self.opened_at is not None and self.opens_at <= now < self.closes_at
