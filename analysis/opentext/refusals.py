"""Why something about typed answers could not be done."""

from http import HTTPStatus

from accounts.refusals import Refusal


class NotYours(Refusal):
    """Somebody who is no coder of the item opened its coding."""

    title = "You do not code these answers"


class NotReady(Refusal):
    """A step came before the one that it needs."""

    status = HTTPStatus.CONFLICT
    title = "This cannot be done yet"


class StillBlind(Refusal):
    """Somebody wanted to see both codings before both coders were done."""

    status = HTTPStatus.CONFLICT
    title = "Both coders have to be done first"


class Settled(Refusal):
    """Somebody wanted to change what stands."""

    status = HTTPStatus.CONFLICT
    title = "This stands as it is"


class AnswerChanged(Refusal):
    """The answer reads otherwise now."""

    status = HTTPStatus.CONFLICT
    title = "This answer has changed"
