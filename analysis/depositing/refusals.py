"""Why nothing can be deposited."""

from http import HTTPStatus

from accounts.refusals import Refusal


class NotReleased(Refusal):
    """Only what was released is deposited."""

    status = HTTPStatus.CONFLICT
    title = "This is not released"
