"""Why there are no tables, or no data."""

from http import HTTPStatus

from accounts.refusals import Refusal


class NoPlan(Refusal):
    """The wave names no analysis plan, so nothing says which tables to make."""

    status = HTTPStatus.CONFLICT
    title = "This wave has no analysis plan"


class UnusableExtract(Refusal):
    """Frozen data are gone, were changed, or belong to another version of the questionnaire."""

    status = HTTPStatus.CONFLICT
    title = "The frozen data cannot be used"
