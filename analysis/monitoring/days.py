"""Returns by day: counted by the database, for the wave and the one before it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils import timezone

from respondents.contacts.eligibility import counted_returns
from respondents.returns.models import Submission
from survey.models import Wave


@dataclass(frozen=True)
class Days:
    """The first submissions of each day since a wave opened, up to today or its last day; the first may come early."""

    first: date
    last: date
    today: date
    per_day: tuple[int, ...]

    @property
    def totals(self) -> tuple[int, ...]:
        """How many had been sent by the end of each day."""
        running, totals = 0, []
        for number in self.per_day:
            running += number
            totals.append(running)
        return tuple(totals)

    @property
    def length(self) -> int:
        """How many days fieldwork takes in all."""
        return (self.last - self.first).days + 1

    @property
    def left(self) -> int:
        """How many days are still to come, today not among them."""
        return max((self.last - self.today).days, 0)


def count_days(waves: Sequence[Wave], *, now: datetime) -> dict[int, Days]:
    """One query for all these waves: how many returns were sent for the first time on each day."""
    firsts = Submission.objects.filter(survey_return__in=counted_returns(*waves), number=1).order_by()
    days = firsts.annotate(day=TruncDate("submitted_at")).values_list("survey_return__wave", "day")
    found: dict[int, dict[date, int]] = {wave.pk: {} for wave in waves}
    for wave_id, day, number in days.annotate(Count("pk")):
        found[wave_id][day] = number
    return {wave.pk: _days(wave, found[wave.pk], now=now) for wave in waves}


def _days(wave: Wave, counted: Mapping[date, int], *, now: datetime) -> Days:
    first, last = timezone.localdate(wave.opens_at), timezone.localdate(wave.closes_at)
    today = timezone.localdate(now)
    # What came before the opening counts on its first day, what came after the close on its last.
    until = max(min(today, last), first)
    per_day = [0] * ((until - first).days + 1)
    for day, number in counted.items():
        per_day[(min(max(day, first), until) - first).days] += number
    return Days(first, last, min(today, last), tuple(per_day) if today >= first or counted else ())
