"""Why a release was not prepared, checked or released."""

from accounts.refusals import Overtaken, Refusal


class NothingDecided(Overtaken):
    """It has not been decided what may leave, or the answers, the plan or a choice have changed since."""

    title = "Decide again what may leave"


class NotFrozen(Overtaken):
    """A release needs data that will not change."""

    title = "The data are not frozen"


class NotSafe(Overtaken):
    """The audit fails."""

    title = "This may not leave"


class NotYours(Refusal):
    """The person who prepared a release must not check it."""

    title = "A second person must check this"


class NotComparable(Overtaken):
    """The tables of a release were not kept with it."""

    title = "These cannot be compared"


class NotKept(Overtaken):
    """Something that a release says was not kept with it, and what holds now is not what held then."""

    title = "This was not kept with the release"


class WrongStep(Overtaken):
    """The release has taken this step before, or lacks the one before it."""

    title = "This step cannot be taken now"
