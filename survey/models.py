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


class Wave(models.Model):
    """One run of a questionnaire on a frame, between two moments."""

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=300)
    # By its digest, which says all about a version: a page that knows the wave needs no second query to know the rest.
    questionnaire_version = models.ForeignKey(
        QuestionnaireVersion, models.PROTECT, to_field="digest", related_name="waves"
    )
    plan = models.CharField(max_length=60, blank=True, help_text="Name of the analysis plan, or nothing.")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    opened_at = models.DateTimeField(help_text="When the frame was frozen.")
    needs_signature = models.BooleanField(default=False, help_text="Whether a second person signs each return.")

    class Meta:
        ordering = ("-opens_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="wave_closes_after_it_opens"
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The researcher's page of this wave."""
        return reverse("monitoring:wave", args=[self.slug])

    @property
    def questionnaire(self) -> Questionnaire:
        """What this wave asks; its text is fetched only if this process has not read it yet."""
        digest = self.questionnaire_version_id
        return _READ.get(digest) or read_once(self.questionnaire_version.document)

    def is_open_at(self, now: datetime) -> bool:
        """Whether answers may be saved and sent at this moment."""
        return self.opens_at <= now < self.closes_at
