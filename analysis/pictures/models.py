"""Pictures as they were written anew, each once."""

from django.db import models

from accounts.append_only import AppendOnlyModel, AppendOnlyQuerySet
from accounts.models import User


class KeptPicture(AppendOnlyModel):
    """A picture by its digest; what it shows is said where it is used."""

    digest = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()
    kind = models.CharField(max_length=4, help_text="png or jpeg.")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    kept_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()

    objects = AppendOnlyQuerySet["KeptPicture"].as_manager()
