"""Why a release was not prepared, checked or released."""

from http import HTTPStatus

from accounts.refusals import Refusal


class NothingDecided(Refusal):
    """It has not been decided what may leave, or the answers, the plan or a choice have changed since."""

    status = HTTPStatus.CONFLICT
    title = "Decide again what may leave"


class NotFrozen(Refusal):
    """A release needs data that will not change."""

    status = HTTPStatus.CONFLICT
    title = "The data are not frozen"


class NotSafe(Refusal):
    """The audit fails."""

    status = HTTPStatus.CONFLICT
    title = "This may not leave"


class NotYours(Refusal):
    """The person who prepared a release must not check it."""

    title = "A second person must check this"


class NotComparable(Refusal):
    """The tables of a release were not kept with it."""

    status = HTTPStatus.CONFLICT
    title = "These cannot be compared"


class WrongStep(Refusal):
    """The release has taken this step before, or lacks the one before it."""

    status = HTTPStatus.CONFLICT
    title = "This step cannot be taken now"
