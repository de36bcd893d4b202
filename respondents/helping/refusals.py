"""Why a board could not be helped so."""

from http import HTTPStatus

from accounts.refusals import Refusal


class SettledOtherwise(Refusal):
    """Somebody settled a return that named no board, or undid that, in a way that does not fit what stands."""

    status = HTTPStatus.CONFLICT
    title = "This return cannot be settled so"


class NoCall(Refusal):
    """Somebody reached for answers on the telephone without having begun a call with the board."""

    status = HTTPStatus.CONFLICT
    title = "No answers are being taken by telephone"


class NoMoreTime(Refusal):
    """Somebody extended a return to a moment at which it is open anyway, or that has passed."""

    status = HTTPStatus.CONFLICT
    title = "This gives the board no more time"
