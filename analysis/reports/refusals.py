"""Why a board's report cannot be shown."""

from accounts.refusals import Overtaken


class NotPublished(Overtaken):
    """Nothing of the wave has been published yet."""

    title = "The results are not published yet"


class NotAmongThem(Overtaken):
    """The board has no return among those that the published figures count."""

    title = "There is no report for this board"
