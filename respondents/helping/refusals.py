"""Why a board could not be helped so."""

from accounts.refusals import Overtaken


class SettledOtherwise(Overtaken):
    """Somebody settled a return that named no board, or undid that, in a way that does not fit what stands."""

    title = "This return cannot be settled so"


class NoCall(Overtaken):
    """Somebody reached for answers on the telephone without having begun a call with the board."""

    title = "No answers are being taken by telephone"


class NoMoreTime(Overtaken):
    """Somebody extended a return to a moment at which it is open anyway, or that has passed."""

    title = "This gives the board no more time"
