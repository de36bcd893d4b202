"""How long each kind of thing is kept: a number and a unit in the settings, and the moment that follows from it."""

import calendar
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings


@dataclass(frozen=True)
class Period:
    """A time in days or calendar months, as settings and the privacy notice write it: “6 months”."""

    number: int
    unit: str

    def __str__(self) -> str:
        return f"{self.number} {self.unit}"

    def before(self, moment: datetime) -> datetime:
        """The moment this long ago; a day that the month does not have becomes its last."""
        if self.unit.startswith("day"):
            return moment - timedelta(days=self.number)
        years, month = divmod(moment.year * 12 + moment.month - 1 - self.number, 12)
        last = calendar.monthrange(years, month + 1)[1]
        return moment.replace(year=years, month=month + 1, day=min(moment.day, last))


def period(text: str) -> Period:
    """The period that a setting writes as “6 months”; ValueError for anything else."""
    number, _, unit = text.partition(" ")
    if not (number.isdecimal() and unit in {"day", "days", "month", "months"}):
        raise ValueError(f"“{text}” is no period: write a number of days or months, such as “6 months”.")
    return Period(int(number), unit)


def kept(name: str) -> Period:
    """How long this is kept; the name is one of `settings.RETENTION`."""
    return period(settings.RETENTION[name])
