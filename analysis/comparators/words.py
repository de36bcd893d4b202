"""Tests of two surveys in words: never an arrow, never a trend."""

from math import floor

from analysis.core.beside_pairs import Side, Tested
from analysis.core.two_surveys import Difference, Family
from survey.counting import counted

MINUS = "−"


def points_in_words(points: int) -> str:
    """Whole points of a difference."""
    return f"{MINUS if points < 0 else ''}{abs(points)}"


def points(share: float) -> str:
    """A limit of a difference in whole points, halves away from nought; a difference itself knows its points."""
    size = floor(abs(share) * 100 + 0.5)
    return points_in_words(-size if share < 0 else size)


def interval_in_words(found: Difference | None) -> str:
    """Newcombe's limits in points."""
    return f"{points(found.low)} to {points(found.high)}" if found else "–"


def side_in_words(side: Side | None) -> str:
    """How many of how many, or the percentage where that is all that is known."""
    if side is None or (side.count is None and side.percent is None):
        return "not certain"
    if side.count is None:
        return f"{side.percent}% of {side.base:,}"
    share = "" if side.percent is None else f" ({side.percent}%)"
    return f"{side.count:,} of {side.base:,}{share}"


def family_in_words(family: Family) -> str:
    """How many tests there are, and what is left of them after adjustment."""
    if not family.size:
        return "Nothing can be tested: no item has a certain number of answers and a base of ten in both surveys."
    return (
        f"{counted(family.size, 'comparison makes', 'comparisons make')} up one family: every item whose number of "
        f"answers is certain in both surveys. {family.unadjusted_below:,} of them {have(family.unadjusted_below)} a p "
        f"below 0.05 on {'its' if family.unadjusted_below == 1 else 'their'} own; after Holm’s adjustment "
        f"{family.adjusted_below:,} {have(family.adjusted_below)}."
    )


def sentence(line: Tested, *, size: int) -> str:
    """What may be said of one item, and whether its published figures hold together."""
    doubt = " Its published answers cannot all be right." if line.pair.is_doubtful else ""
    return f"{_said(line, size=size)}{doubt}"


def _said(line: Tested, *, size: int) -> str:
    if line.difference is None:
        return f"Not tested: {line.why_not}."
    after = f"after adjustment for {counted(size, 'comparison')}"
    if line.is_clear:
        return f"A clear difference between the two surveys, also {after}."
    if line.difference.p < 0.05:
        return f"No clear difference: p is below 0.05 on its own, not {after}."
    return f"No clear difference, before or {after}."


def have(number: int) -> str:
    """The verb that goes with it."""
    return "has" if number == 1 else "have"
