"""Publications: when they are announced for, what they say, who signed each edition, who saw it early."""

import uuid

from django.db import models

from accounts.append_only import AppendOnlyModel, AppendOnlyQuerySet
from accounts.models import User
from analysis.disclosing.models import Release
from survey.models import Wave


class Publication(AppendOnlyModel):
    """One page for the public, under an address and an id that stay its own through all corrections."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="publications")
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200, help_text="Stands in the calendar before anything is out.")
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()

    objects = AppendOnlyQuerySet["Publication"].as_manager()

    def __str__(self) -> str:
        return self.title


class CalendarEntry(AppendOnlyModel):
    """The moment at which a publication is to come out, as the calendar tells it. The latest counts; all are kept."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="announcements")
    moment = models.DateTimeField()
    reason = models.TextField(blank=True, help_text="Why at short notice, or why the date was moved: public.")
    late_reason = models.TextField(blank=True, help_text="Why more than twelve weeks after the final draft: public.")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = AppendOnlyQuerySet["CalendarEntry"].as_manager()


class Wording(AppendOnlyModel):
    """What the page says beside the tables and what follows from them. The latest counts; all are kept."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="wordings")
    summary = models.TextField()
    contact_name = models.CharField(max_length=200)
    contact_email = models.EmailField()
    methods = models.TextField()
    quality = models.TextField()
    independence = models.TextField()
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = AppendOnlyQuerySet["Wording"].as_manager()


class Edition(AppendOnlyModel):
    """Everything that the page shows, whole, from one release. It is out once it is signed and its moment has come."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    publication = models.ForeignKey(Publication, models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    release = models.ForeignKey(Release, models.PROTECT, related_name="editions")
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections", help_text="The edition that was out."
    )
    what = models.TextField(blank=True, help_text="What was corrected.")
    why = models.TextField(blank=True)
    size = models.TextField(blank=True, help_text="How much changed, in words.")
    page = models.JSONField(help_text="Every text of the page, ready.")
    tables = models.JSONField(help_text="The protected tables, revised cells marked.")
    content = models.BinaryField(help_text="A zip file of the tables in every format.")
    text_version = models.PositiveIntegerField(
        default=0, help_text="Which text of the report it says; 0 is the plan's."
    )
    text_digest = models.CharField(max_length=64, help_text="Of that text.")
    quotes: "models.JSONField[list[int]]" = models.JSONField(
        default=list, help_text="The keys of the quotes that its report prints."
    )
    digest = models.CharField(max_length=64)
    prepared_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()

    objects = AppendOnlyQuerySet["Edition"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("publication", "number"), name="one_edition_per_number"),)

    def __str__(self) -> str:
        return f"Edition {self.number} of {self.publication}"


class EditionFile(AppendOnlyModel):
    """The report of an edition in one form, as it was read by whoever signed it off."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="files")
    form = models.CharField(max_length=4, help_text="The ending of the file: pdf, docx, html.")
    content = models.BinaryField()
    size = models.PositiveIntegerField(help_text="In bytes.")
    digest = models.CharField(max_length=64)

    objects = AppendOnlyQuerySet["EditionFile"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("edition", "form"), name="one_file_of_each_form"),)


class SignOff(AppendOnlyModel):
    """A second person answers for an edition. From then on the clock alone decides whether it is out."""

    edition = models.OneToOneField(Edition, models.CASCADE, related_name="sign_off")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = AppendOnlyQuerySet["SignOff"].as_manager()


class Withdrawal(AppendOnlyModel):
    """A publication was taken back: its page stays and says why."""

    publication = models.OneToOneField(Publication, models.CASCADE, related_name="withdrawal")
    reason = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = AppendOnlyQuerySet["Withdrawal"].as_manager()


class AccessKind(models.TextChoices):
    """Before it is out, a person sees a publication to make it, or to be ready when it comes."""

    EARLY = "early", "Pre-release access"
    PRODUCTION = "production", "Production access"


class EarlyAccess(AppendOnlyModel):
    """A named person may see a publication before it is out, with the reason."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="early_access")
    kind = models.CharField(max_length=10, choices=AccessKind)
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=200, help_text="What they do, as the published list says it.")
    reason = models.TextField()
    hours = models.PositiveSmallIntegerField(default=0, help_text="How long before the moment; none for production.")
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    objects = AppendOnlyQuerySet["EarlyAccess"].as_manager()

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(hours__lte=24), name="early_access_is_a_day_at_most"),)


class EarlyAccessEnd(AppendOnlyModel):
    """Somebody was taken off a list again."""

    access = models.OneToOneField(EarlyAccess, models.CASCADE, related_name="end")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = AppendOnlyQuerySet["EarlyAccessEnd"].as_manager()
