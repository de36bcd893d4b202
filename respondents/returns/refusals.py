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


class NotYours(Refusal):
    """Somebody who works on a return reached for a part of it that they were not given."""

    status = HTTPStatus.NOT_FOUND
    title = "This is not open to you"


class SignatureNeeded(Refusal):
    """A chair sent a return on their own where the wave asks for a second person's signature."""

    status = HTTPStatus.CONFLICT
    title = "A second person has to sign this return"


class NotWaiting(Refusal):
    """Somebody signed, sent back or took back a return that is not waiting for them to sign it."""

    status = HTTPStatus.CONFLICT
    title = "This return is not waiting for a signature"


class NoLongerChair(Refusal):
    """Somebody passed on a board in the name of a person who does not chair it."""

    status = HTTPStatus.CONFLICT
    title = "The chair has changed already"


class NothingAnswered(Refusal):
    """Somebody sent a return in which nothing is answered."""

    status = HTTPStatus.CONFLICT
    title = "There is nothing to submit yet"
