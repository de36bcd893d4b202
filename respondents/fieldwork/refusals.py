"""Why a wave could not be changed."""

from accounts.refusals import Overtaken


class NotADraft(Overtaken):
    """Somebody changed what is fixed once a wave is open, or opened it a second time."""

    title = "This wave has been opened"


class NotReady(Overtaken):
    """Somebody opened a wave that lacks something."""

    title = "This wave cannot be opened yet"


class NotOpen(Overtaken):
    """Somebody moved the closing time of a wave that is a draft or has closed."""

    title = "This wave is not open"


class KeptForGood(Overtaken):
    """Somebody tried to delete a real wave that was opened."""

    title = "This wave cannot be deleted"
