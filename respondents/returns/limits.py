"""How much one return or one person may send by email in a day, and the sentence where that is enough."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from http import HTTPStatus

from accounts.refusals import Refusal
from survey.moments import moment_in_words

DAY = timedelta(days=1)


class EnoughForToday(Refusal):
    """Somebody sent more in a day than is any use to those who get it."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    title = "That is enough for today"


def since(now: datetime) -> datetime:
    """From when on what was sent counts as of this day: 24 hours, so that no midnight doubles it."""
    return now - DAY


def what_is_enough(sent: Sequence[datetime], *, most: int, what: str) -> str:
    """The sentence that says that no more can be sent now, and when; nothing while there is room.

    `sent` are the moments of what was sent in the last day; `what` says it in words, as in “messages were written”.
    """
    if len(sent) < most:
        return ""
    again = moment_in_words(sorted(sent)[len(sent) - most] + DAY)
    return f"{len(sent)} {what} in the last 24 hours, which is as many as can be. There is room again from {again}."
