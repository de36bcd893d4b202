"""Why a return could not be opened, changed or sent."""

from http import HTTPStatus

from accounts.refusals import Refusal


class WaveNotOpen(Refusal):
    """Somebody saved or sent before the opening or after the closing time."""

    title = "This survey is closed"

    def __init__(self, message: str, *, title: str = "This survey is closed") -> None:
        super().__init__(message)
        self.title = title


class PageNotOpened(Refusal):
    """Routing does not lead to this page, given the answers so far."""

    status = HTTPStatus.NOT_FOUND
    title = "This question does not apply"


class NothingAnswered(Refusal):
    """Somebody sent a return in which nothing is answered."""

    status = HTTPStatus.CONFLICT
    title = "There is nothing to submit yet"
