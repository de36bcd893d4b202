"""Whether the answers that count are still those that were frozen: some are sent, changed or set aside afterwards."""

from analysis.milestones.models import FrozenExtract
from respondents.contacts.eligibility import counted_submissions


def changed_since(frozen: FrozenExtract) -> int:
    """Of how many returns something else counts now than when the data were frozen; two queries.

    What was on its way while they were frozen bears an earlier time and is not among their rows: it has come since too.
    """
    every = (counted_submissions(frozen.wave, by=frozen.frozen_at), counted_submissions(frozen.wave))
    then, now = (dict(each.values_list("survey_return", "number")) for each in every)
    changed = sum(then.get(key) != now.get(key) for key in then.keys() | now.keys())
    return max(changed, len(then) - frozen.rows)
