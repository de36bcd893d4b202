"""Why nothing can be deposited."""

from accounts.refusals import Overtaken


class NotReleased(Overtaken):
    """Only what was released is deposited."""

    title = "This is not released"


class NoKey(Overtaken):
    """The answers of now are not those that were frozen, so no record can be told to be of a board."""

    title = "There is no key"
