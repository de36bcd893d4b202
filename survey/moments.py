"""Moments in full words, as pages and messages say them."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format


def moment_in_words(moment: datetime) -> str:
    """A moment in local time: “Friday 2 March 2012 at 17:00”."""
    local = timezone.localtime(moment)
    return f"{date_format(local, 'l j F Y')} at {date_format(local, 'H:i')}"
