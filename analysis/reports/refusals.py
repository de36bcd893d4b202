"""Why a board's report cannot be shown."""

from http import HTTPStatus

from accounts.refusals import Refusal


class NotPublished(Refusal):
    """Nothing of the wave has been published yet."""

    status = HTTPStatus.CONFLICT
    title = "The results are not published yet"


class NotAmongThem(Refusal):
    """The board has no return among those that the published figures count."""

    status = HTTPStatus.CONFLICT
    title = "There is no report for this board"
