"""Why nothing was drawn."""

from http import HTTPStatus

from accounts.refusals import Refusal


class TooClose(Refusal):
    """The table is on a population that differs from a released one by a few boards."""

    status = HTTPStatus.CONFLICT
    title = "This may not leave"


class NothingToDraw(Refusal):
    """Somebody asked for the chart of a table of which nothing may be drawn."""

    status = HTTPStatus.CONFLICT
    title = "There is nothing to draw"
