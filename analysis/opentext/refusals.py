"""Why something about typed answers could not be done."""

from accounts.refusals import Overtaken, Refusal


class NotYours(Refusal):
    """Somebody who is no coder of the item opened its coding."""

    title = "You do not code these answers"


class NotReady(Overtaken):
    """A step came before the one that it needs."""

    title = "This cannot be done yet"


class StillBlind(Overtaken):
    """Somebody wanted to see both codings before both coders were done."""

    title = "Both coders have to be done first"


class Settled(Overtaken):
    """Somebody wanted to change what stands."""

    title = "This stands as it is"


class AnswerChanged(Overtaken):
    """The answer reads otherwise now."""

    title = "This answer has changed"
