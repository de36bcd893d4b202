"""Why nothing can be deposited."""

from http import HTTPStatus

from accounts.refusals import Refusal


class NotReleased(Refusal):
    """Only what was released is deposited."""

    status = HTTPStatus.CONFLICT
    title = "This is not released"


class NoKey(Refusal):
    """The answers of now are not those that were frozen, so no record can be told to be of a board."""

    status = HTTPStatus.CONFLICT
    title = "There is no key"
