"""Why nothing was drawn."""

from accounts.refusals import Overtaken


class TooClose(Overtaken):
    """The table is on a population that differs from a released one by a few boards."""

    title = "This may not leave"


class NothingToDraw(Overtaken):
    """Somebody asked for the chart of a table of which nothing may be drawn."""

    title = "There is nothing to draw"
