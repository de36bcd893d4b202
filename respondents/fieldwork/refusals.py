"""Why a wave could not be changed."""

from http import HTTPStatus

from accounts.refusals import Refusal


class NotADraft(Refusal):
    """Somebody changed what is fixed once a wave is open, or opened it a second time."""

    status = HTTPStatus.CONFLICT
    title = "This wave has been opened"


class NotReady(Refusal):
    """Somebody opened a wave that lacks something."""

    status = HTTPStatus.CONFLICT
    title = "This wave cannot be opened yet"


class NotOpen(Refusal):
    """Somebody moved the closing time of a wave that is a draft or has closed."""

    status = HTTPStatus.CONFLICT
    title = "This wave is not open"


class KeptForGood(Refusal):
    """Somebody tried to delete a real wave that was opened."""

    status = HTTPStatus.CONFLICT
    title = "This wave cannot be deleted"
