"""Why there are no tables, or no data."""

from accounts.refusals import Overtaken


class NoPlan(Overtaken):
    """The wave names no analysis plan, so nothing says which tables to make."""

    title = "This wave has no analysis plan"


class UnusableExtract(Overtaken):
    """Frozen data are gone, were changed, or belong to another version of the questionnaire."""

    title = "The frozen data cannot be used"
