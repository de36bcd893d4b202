"""What a correction says of itself: which edition it replaces, what was wrong, why, and how much changed (M96)."""

from collections.abc import Sequence

from analysis.core.revising import Change, largest, uncovered
from analysis.publishing.models import Edition
from analysis.publishing.refusals import NotReady
from survey.counting import counted


def size_words(found: Sequence[Change], *, figures: int) -> str:
    """How much changed, for a reader."""
    if not found:
        return "No figure in the tables changed."
    counts, percents = largest(found, measure="count"), largest(found, measure="percent")
    return (
        f"{counted(len(found), 'figure')} of {figures:,} changed. The largest change of a count is {counts:,}, "
        f"of a percentage {counted(percents, 'point')}. Revised figures are marked [r]."
    )


def correction_size(edition: Edition) -> str:
    """What the cover of a correction says: short, whatever was written; nothing for an edition that corrects none."""
    if edition.corrects is None:
        return ""
    return f"Corrected: edition {edition.number} replaces edition {edition.corrects.number}. {edition.size}"


def correction_reasons(edition: Edition) -> str:
    """What was wrong and why, in the words of whoever corrected it."""
    if edition.corrects is None:
        return ""
    what, why = (_sentence(text) for text in (edition.what, edition.why))
    return f"What was corrected: {what} Why: {why}"


def correction_words(edition: Edition) -> str:
    """All of it in one paragraph."""
    return " ".join(words for words in (correction_size(edition), correction_reasons(edition)) if words)


def require_covered(changed: Sequence[Change]) -> None:
    """NotReady where a correction shows what was withheld; the disclosure audit holds this too."""
    shown = uncovered(changed)
    if shown:
        where = ", ".join(word for word in (shown[0].row.panel, shown[0].row.label, shown[0].column.label) if word)
        raise NotReady(
            f"{shown[0].table.name} would show a figure that was withheld before ({where}). What was withheld "
            "stays so: decide again what may leave."
        )


def _sentence(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if one_line.endswith((".", "?", "!")) else f"{one_line}."
