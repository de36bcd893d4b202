"""Moments and days in full words, as pages and messages say them."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format

DAY = "j F Y"


def moment_in_words(moment: datetime) -> str:
    """A moment in local time: “Friday 2 March 2012 at 17:00”."""
    local = timezone.localtime(moment)
    return f"{date_format(local, 'l j F Y')} at {date_format(local, 'H:i')}"


def day_in_words(moment: datetime) -> str:
    """The day of a moment in local time: “2 March 2012”."""
    return date_format(timezone.localdate(moment), DAY)


def days_in_words(first: date, last: date) -> str:
    """From one day to another: “3 to 29 February 2012”, “1 February to 2 March 2012”; one day alone is said once."""
    if first == last:
        return date_format(last, DAY)
    same_year = first.year == last.year
    shortened = "j" if same_year and first.month == last.month else "j F" if same_year else DAY
    return f"{date_format(first, shortened)} to {date_format(last, DAY)}"
