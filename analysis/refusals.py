"""Why there are no tables."""

from http import HTTPStatus

from accounts.refusals import Refusal


class NoPlan(Refusal):
    """The wave names no analysis plan, so nothing says which tables to make."""

    status = HTTPStatus.CONFLICT
    title = "This wave has no analysis plan"
