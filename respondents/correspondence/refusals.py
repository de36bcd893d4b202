"""Why something could not be said or decided now."""

from accounts.refusals import Overtaken, Refusal


class QueryNotOpen(Overtaken):
    """Somebody answered, closed or repeated a query that does not stand so."""

    title = "This query stands differently now"


class NothingToReopen(Overtaken):
    """A chair asked for a return to be reopened that is open, or not open yet."""

    title = "There is nothing to reopen"


class NoWishWaits(Overtaken):
    """Somebody declined a wish that was decided, or that nobody had."""

    title = "This was decided already"


class NeedsAnotherPerson(Refusal):
    """Whoever asks for a reopening cannot approve it."""

    title = "Another researcher has to approve this"


class RequestWaits(Overtaken):
    """Somebody asked for a reopening where one waits for approval."""

    title = "A reopening waits for approval already"


class RequestIsOver(Overtaken):
    """A request that was decided, or fits no longer."""

    title = "This request cannot be approved"
