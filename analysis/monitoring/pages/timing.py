"""When a wave is, in words."""

from datetime import datetime

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
