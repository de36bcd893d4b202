"""Why a build cannot be cancelled, or its file not be taken away."""

from accounts.refusals import Overtaken, Refusal


class NotYours(Refusal):
    """Somebody else asked for it."""

    title = "You cannot cancel this"


class EndedAlready(Overtaken):
    """There is nothing left to cancel."""

    title = "It had ended already"


class DamagedProduct(Overtaken):
    """What is kept is not what was built."""

    title = "The file is damaged"
