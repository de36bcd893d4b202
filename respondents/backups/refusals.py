"""Why there is no backup, or why it is no good."""

from accounts.refusals import Refusal


class CannotBackUp(Refusal):
    """A backup could not be made or read."""

    title = "The backup failed"
