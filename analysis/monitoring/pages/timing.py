"""When a wave is, in words."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from survey.counting import counted
from survey.models import Wave


def timing_of(wave: Wave, *, now: datetime) -> str:
    """Whether the wave is a draft, yet to open, open or closed, in words."""
    if wave.is_draft:
        return "Draft"
    if now < wave.opens_at:
        return "Not open yet"
    if now >= wave.closes_at:
        return "Closed"
    days = (wave.closes_at - now).days
    return "Open, closes today" if days == 0 else f"Open, closes in {counted(days, 'day')}"


def moment_words(moment: datetime) -> str:
    """“Friday 2 March 2012 at 17:00”."""
    local = timezone.localtime(moment)
    return f"{date_format(local, 'l j F Y')} at {date_format(local, 'H:i')}"
