"""Whether the answers that count are still those that were frozen: some are sent, changed or set aside afterwards."""

from analysis.milestones.models import FrozenExtract
from respondents.contacts.eligibility import counted_submissions


def changed_since(frozen: FrozenExtract) -> int:
    """Of how many returns something else counts now than when the data were frozen; two queries."""
    every = (counted_submissions(frozen.wave, by=frozen.frozen_at), counted_submissions(frozen.wave))
    then, now = (dict(each.values_list("survey_return", "number")) for each in every)
    return sum(then.get(key) != now.get(key) for key in then.keys() | now.keys())
