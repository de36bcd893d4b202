"""A survey of other people as an analyst sends it, with everything that must be known of it."""

from collections.abc import Mapping

from accounts.models import User
from analysis.comparators.importing import import_proposal, preview_of, propose
from analysis.comparators.models import Comparator, ComparatorProposal
from survey.models import Wave
from tests.builders import NOW

AGREEMENT = ["Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree"]
FACTS: Mapping[str, object] = {
    "label": "Survey of directors, 2011",
    "column": "2011 (directors)",
    "who": "directors of children’s services",
    "asked_when": "March 2011",
    "scale": AGREEMENT,
    "source": "Directors’ bulletin 7, table 2",
    "comparability": "Directors answered for their authority; the two columns are no trend.",
    "file_name": "directors.csv",
}
HEAD = "table,row,option,percent,count,base\n"
# D1.1 is a statement of table 8; the percentages are of 40, and each comes from one count alone.
STATEMENT = HEAD + "".join(
    f"Early help,D1.1,{option},{percent},,40\n" for option, percent in zip(AGREEMENT, (10, 40, 25, 15, 10), strict=True)
)


def proposed(wave: Wave, by: User, *, text: str = STATEMENT, facts: Mapping[str, object] = FACTS) -> ComparatorProposal:
    """The file, sent and read."""
    return propose(wave, facts=facts, content=text.encode(), encoding="", by=by, now=NOW)


def imported(wave: Wave, by: User, *, text: str = STATEMENT, facts: Mapping[str, object] = FACTS) -> Comparator:
    """The file, sent, looked at and confirmed."""
    sent = proposed(wave, by, text=text, facts=facts)
    return import_proposal(wave, sent.pk, digest=preview_of(sent).digest, by=by, now=NOW)
