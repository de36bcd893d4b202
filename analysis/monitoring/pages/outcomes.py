"""The outcome of every board, and both response rates that follow (M2, M4). From the worker's tally."""

from dataclasses import dataclass

from analysis.core.response import Rate
from analysis.monitoring.figures import Figures
from analysis.monitoring.pages.answering import Count, counts_of
from respondents.contacts.models import DispositionWords

NOT_IN_BASE = frozenset({DispositionWords.NOT_ELIGIBLE, DispositionWords.DUPLICATE})


@dataclass(frozen=True)
class OutcomesPanel:
    """How many boards came to which outcome, and the rates in words."""

    rates: str
    rows: tuple[Count, ...]


def outcomes_panel(figures: Figures) -> OutcomesPanel | None:
    """The panel; nothing until the worker has made its first tally."""
    found = figures.tally.content.get("outcomes") if figures.tally else None
    if not found:
        return None
    counts = {each: int(found.get(each.value, 0)) for each in DispositionWords}
    eligible = sum(number for each, number in counts.items() if each not in NOT_IN_BASE)
    complete = counts[DispositionWords.COMPLETE]
    whole, either = (
        Rate(number, eligible, "boards") for number in (complete, complete + counts[DispositionWords.PARTIAL])
    )
    return OutcomesPanel(
        rates=f"Complete: {whole}. Complete or partial: {either}.",
        rows=counts_of({each.label: number for each, number in counts.items() if number}),
    )
