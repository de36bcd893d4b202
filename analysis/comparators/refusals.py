"""Why figures of another survey are not imported or withdrawn."""

from http import HTTPStatus

from accounts.refusals import Refusal


class PreviewOutdated(Refusal):
    """The tables are not as they were when the preview was made."""

    status = HTTPStatus.CONFLICT
    title = "The preview is out of date"


class GoneAlready(Refusal):
    """What is to be imported or withdrawn no longer waits for it."""

    status = HTTPStatus.CONFLICT
    title = "This was done already"


class StandsAlready(Refusal):
    """The same figures, with the same facts, were imported before."""

    status = HTTPStatus.CONFLICT
    title = "These figures were imported before"
