"""What a correction says of itself: which edition it replaces, what was wrong, why, and how much changed (M96)."""

from collections.abc import Sequence

from analysis.core.revising import ENDS, Change, Tally, largest, tally, uncovered
from analysis.publishing.models import Edition
from analysis.publishing.refusals import NotReady
from survey.counting import counted

MARKED = "Revised figures are marked [r]."


def size_words(found: Sequence[Change], *, figures: int, is_marked: bool) -> str:
    """How much changed, for a reader: what says something else apart from what came and went."""
    if not found:
        return "No figure in the tables changed."
    told = tally(found)
    parts = [_tally_words(told, figures=figures), _largest_words(found) if told.differing else ""]
    return " ".join([*filter(None, parts), *([MARKED] if is_marked else [])])


def _tally_words(told: Tally, *, figures: int) -> str:
    changed = counted(told.differing, "figure") if told.differing else "No figure"
    came = [f"{many:,} {'is' if many == 1 else 'are'} {word}" for many, word in _moved(told) if many]
    return f"{'; '.join([f'{changed} of {figures:,} changed', *came])}."


def _moved(told: Tally) -> tuple[tuple[int, str], ...]:
    return (told.added, "new"), (told.gone, "no longer there")


def _largest_words(found: Sequence[Change]) -> str:
    counts, percents = largest(found, measures={"count"}), largest(found, measures={"percent"})
    ends = largest(found, measures=ENDS)
    among = f", of an end of an interval or bound {ends:,}" if ends else ""
    return f"The largest change of a count is {counts:,}, of a percentage {counted(percents, 'point')}{among}."


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
