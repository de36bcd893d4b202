"""Why a return could not be opened, changed or sent."""

from http import HTTPStatus

from accounts.refusals import Overtaken, Refusal


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


class SignatureNeeded(Overtaken):
    """A chair sent a return on their own where the wave asks for a second person's signature."""

    title = "A second person has to sign this return"


class NotWaiting(Overtaken):
    """Somebody signed, sent back or took back a return that is not waiting for them to sign it."""

    title = "This return is not waiting for a signature"


class NoLongerChair(Overtaken):
    """Somebody passed on a board in the name of a person who does not chair it."""

    title = "The chair has changed already"


class AppointmentChanged(Overtaken):
    """Somebody saved an appointment that was changed or removed while their form was open."""

    title = "The appointment has changed already"


class NothingAnswered(Overtaken):
    """Somebody sent a return in which nothing is answered."""

    title = "There is nothing to submit yet"
