"""Why something could not be said or decided now."""

from http import HTTPStatus

from accounts.refusals import Refusal


class QueryNotOpen(Refusal):
    """Somebody answered, closed or repeated a query that does not stand so."""

    status = HTTPStatus.CONFLICT
    title = "This query stands differently now"


class NothingToReopen(Refusal):
    """A chair asked for a return to be reopened that is open, or not open yet."""

    status = HTTPStatus.CONFLICT
    title = "There is nothing to reopen"


class NoWishWaits(Refusal):
    """Somebody declined a wish that was decided, or that nobody had."""

    status = HTTPStatus.CONFLICT
    title = "This was decided already"
