"""Who answered late: after the first reminder went out, or among the last third if none did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from django.db.models import QuerySet, Subquery

from respondents.contacts.eligibility import counted_returns
from respondents.contacts.models import Mailing, MailingKind, MailingState
from respondents.returns.models import Submission
from survey.models import Wave

EARLY, LATE = "early", "late"


@dataclass(frozen=True)
class Split:
    """Whether each return was early or late, in the order of the extract, and by which rule."""

    parts: tuple[str, ...]
    after: datetime
    is_reminder: bool

    @property
    def late(self) -> int:
        """How many were late."""
        return self.parts.count(LATE)

    @property
    def early(self) -> int:
        """How many were early."""
        return self.parts.count(EARLY)


@dataclass(frozen=True)
class Arrivals:
    """When each return was first sent, in the order of the extract, and when boards were first reminded."""

    moments: tuple[datetime, ...]
    reminder: datetime | None


def arrivals_of(wave: Wave) -> Arrivals:
    """Both in one query; nobody needs to know of a reminder where nothing was sent."""
    reminder = Subquery(_first_reminder(wave))
    firsts = Submission.objects.filter(survey_return__in=counted_returns(wave), number=1).order_by("survey_return_id")
    found = list(firsts.annotate(reminder=reminder).values_list("submitted_at", "reminder"))
    return Arrivals(tuple(moment for moment, _ in found), found[0][1] if found else None)


def split_of(arrivals: Arrivals) -> Split | None:
    """The split after the first reminder that was sent, else after two thirds; none if one side were empty."""
    moments, reminder = arrivals.moments, arrivals.reminder
    if reminder and (found := _after(reminder, moments, is_reminder=True)):
        return found
    if not moments:
        return None
    return _after(sorted(moments)[ceil(2 * len(moments) / 3) - 1], moments, is_reminder=False)


def _first_reminder(wave: Wave) -> "QuerySet[Mailing, datetime]":
    sent = Mailing.objects.filter(wave=wave, kind=MailingKind.REMINDER, state=MailingState.DONE, queued__gt=0)
    return sent.order_by("due_at").values_list("due_at", flat=True)[:1]


def _after(moment: datetime, moments: Sequence[datetime], *, is_reminder: bool) -> Split | None:
    parts = tuple(LATE if each > moment else EARLY for each in moments)
    return Split(parts, moment, is_reminder) if len(set(parts)) == 2 else None
