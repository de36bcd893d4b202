"""Pages that are open in a browser: which of the things one page sends is the newer."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models

from accounts.models import User
from respondents.returns.models import Return


@dataclass(frozen=True)
class Tab:
    """One opened page, by a key it made up, and how manieth thing it sends."""

    key: str
    sequence: int


class OpenTab(models.Model):
    """The latest thing that one opened page of a person has sent for a return."""

    survey_return = models.ForeignKey(Return, models.CASCADE, related_name="+")
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    key = models.CharField(max_length=36)
    sequence = models.PositiveIntegerField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("survey_return", "person", "key"), name="one_row_per_open_tab"),)


def take_turn(found: Return, *, person: User, tab: Tab, now: datetime) -> bool:
    """Whether this is newer than all that the page has sent before; if so, it is the newest from now on."""
    known = OpenTab.objects.filter(survey_return=found, person=person, key=tab.key)
    older, newest = known.filter(sequence__lt=tab.sequence), {"sequence": tab.sequence, "seen_at": now}
    if older.update(**newest):
        return True
    _, is_new = known.get_or_create(survey_return=found, person=person, key=tab.key, defaults=newest)
    return is_new or bool(older.update(**newest))
