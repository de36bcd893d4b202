"""Why nothing was drawn."""

from http import HTTPStatus

from accounts.refusals import Refusal


class NothingToDraw(Refusal):
    """Somebody asked for the chart of a table of which nothing may be drawn."""

    status = HTTPStatus.CONFLICT
    title = "There is nothing to draw"
