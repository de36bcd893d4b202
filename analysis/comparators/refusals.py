"""Why figures of another survey are not imported or withdrawn."""

from accounts.refusals import Overtaken


class PreviewOutdated(Overtaken):
    """The tables are not as they were when the preview was made."""

    title = "The preview is out of date"


class GoneAlready(Overtaken):
    """What is to be imported or withdrawn no longer waits for it."""

    title = "This was done already"


class StandsAlready(Overtaken):
    """The same figures, with the same facts, were imported before."""

    title = "These figures were imported before"
