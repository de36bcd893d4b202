"""Days as people write them in a cell."""

import re
from datetime import date


def day_in(text: str) -> date | None:
    """The day in a cell: 2012-02-01 or 01/02/2012, day first; nothing for an empty cell, or ValueError."""
    words = text.strip()
    if not words:
        return None
    if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", words):
        day, month, year = map(int, found.groups())
        return date(year, month, day)
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", words):
        raise ValueError(text)
    return date.fromisoformat(words)
