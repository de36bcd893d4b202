"""A board's one final disposition (pure: no Django, no clock): counted by whole numbers, never by rounded shares."""

from dataclasses import dataclass
from enum import StrEnum


class Disposition(StrEnum):
    """What became of one board in one wave. Together they sum to the frame."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    BREAK_OFF = "break_off"
    REFUSAL = "refusal"
    OPENED_ONLY = "opened_only"
    NEVER_OPENED = "never_opened"
    BOUNCED = "bounced"
    NOT_ELIGIBLE = "not_eligible"
    DUPLICATE = "duplicate"


@dataclass(frozen=True)
class CutOffs:
    """Shares of the applicable items, in per cent: below the first a break-off, above the second complete."""

    partial_from: int = 50
    complete_above: int = 80


@dataclass(frozen=True)
class Answered:
    """How many items were answered, of those that were asked after routing."""

    answered: int
    applicable: int

    def __str__(self) -> str:
        return f"{self.answered} of {self.applicable} applicable items"


@dataclass(frozen=True)
class Known:
    """What is known of a board: what it sent, whether it began, signed in, refused, could be reached, is is asked."""

    sent: Answered | None = None
    has_begun: bool = False
    has_signed_in: bool = False
    has_refused: bool = False
    has_bounced: bool = False
    is_eligible: bool = True


def by_answers(found: Answered, cut_offs: CutOffs) -> Disposition:
    """Complete, partial or break-off, by the share of applicable items that were answered."""
    share = 100 * found.answered
    if found.answered == 0:
        return Disposition.OPENED_ONLY
    if share < cut_offs.partial_from * found.applicable:
        return Disposition.BREAK_OFF
    return Disposition.COMPLETE if share > cut_offs.complete_above * found.applicable else Disposition.PARTIAL


def derive(known: Known, cut_offs: CutOffs) -> tuple[Disposition, str]:
    """The disposition that follows from what is known, and why, in a sentence.

    A return that was begun and never sent is a break-off however much of it is answered: nothing of it may be counted.
    """
    if not known.is_eligible:
        return Disposition.NOT_ELIGIBLE, "The register says that the board has ended."
    if known.sent:
        return by_answers(known.sent, cut_offs), f"The return that was sent answers {known.sent}."
    if known.has_refused:
        return Disposition.REFUSAL, "The contact log says that the board refused."
    if known.has_begun:
        return Disposition.BREAK_OFF, "Answers were saved, but the return was not sent."
    if known.has_signed_in:
        return Disposition.OPENED_ONLY, "Somebody on the return signed in, but nothing was saved."
    if known.has_bounced:
        return Disposition.BOUNCED, "Nobody could be reached: every address bounced, or was found to be wrong."
    return Disposition.NEVER_OPENED, "Nobody on the return has signed in since the wave opened."
