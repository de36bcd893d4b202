"""One row for each act of staff, chained by digest to the row before; and the head of the chain."""

from django.conf import settings
from django.db import models

from accounts.append_only import AppendOnlyModel, AppendOnlyQuerySet


class AuditEntry(AppendOnlyModel):
    """Who did what to what, when and from where. Nothing in it is an answer."""

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    act = models.CharField(max_length=60)
    subject = models.CharField(max_length=120, blank=True, help_text="What it was done to: kind of row and key.")
    about = models.CharField(max_length=300, blank=True, help_text="The same in words.")
    wave = models.SlugField(max_length=60, blank=True)
    detail = models.JSONField(default=dict)
    address = models.GenericIPAddressField(null=True, blank=True, help_text="Where the request came from.")
    previous_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    objects = AppendOnlyQuerySet["AuditEntry"].as_manager()

    class Meta:
        ordering = ("number",)
        verbose_name_plural = "audit entries"


class AuditHead(models.Model):
    """The last entry's number and digest. One row: whoever adds an entry holds it until they commit."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="one_head_of_the_audit"),)
