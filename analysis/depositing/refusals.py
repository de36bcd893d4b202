"""Why nothing can be deposited."""

from accounts.refusals import Overtaken


class NotReleased(Overtaken):
    """Only what was released is deposited."""

    title = "This is not released"


class NotQuotable(Overtaken):
    """The report that was signed off prints words for which there is no permission any more."""

    title = "The report cannot be deposited"


class NoKey(Overtaken):
    """The answers of now are not those that were frozen, so no record can be told to be of a board."""

    title = "There is no key"
