"""Pairs of boards in words."""

from analysis.comparators.words import have
from analysis.core.reliability import SMALLEST_BASE
from analysis.core.table import UNSTABLE
from analysis.core.two_surveys import Family
from analysis.core.two_waves import PairedItem, Panel
from survey.counting import counted


def panel_words(panel: Panel) -> str:
    """How many boards are linked, and how many returns are not."""
    told = f"{counted(panel.size, 'board', 'boards')} answered in both waves, linked by the register."
    alone = (
        f"{counted(panel.only_earlier, 'board', 'boards')} answered in the earlier wave only, "
        f"{panel.only_later:,} in the later wave only."
    )
    unnamed = f" {counted(panel.unnamed, 'return names', 'returns name')} no board." if panel.unnamed else ""
    few = f" Under {SMALLEST_BASE} linked boards nothing is shown or tested." if panel.size < SMALLEST_BASE else ""
    return f"{told} {alone}{unnamed}{few}"


def family_words(family: Family) -> str:
    """How many items are tested, and what is left after adjustment."""
    if not family.size:
        return f"Nothing is tested: no item has {SMALLEST_BASE} boards that took a position in both waves."
    return (
        f"{counted(family.size, 'item makes', 'items make')} up one family of tests: McNemar’s exact p on the boards "
        f"that answered differently. {family.unadjusted_below:,} {have(family.unadjusted_below)} a p below 0.05 before "
        f"adjustment, {family.adjusted_below:,} after it (Holm)."
    )


def sentence(item: PairedItem, *, size: int) -> str:
    """What may be said of one item."""
    if item.p is None:
        return f"Not shown: under {SMALLEST_BASE} boards took a position in both waves."
    mark = f" {UNSTABLE}" if item.is_shaky else ""
    moved = f"{counted(item.only_later, 'board', 'boards')} only in the later wave, {item.only_earlier:,} only earlier"
    if item.adjusted is not None and item.adjusted < 0.05:
        return f"A clear difference, also after adjustment for {counted(size, 'test', 'tests')}: {moved}.{mark}"
    return f"No clear difference: {moved}.{mark}"


def name_of(item: PairedItem) -> str:
    """The item in words, and which answers are counted together."""
    return f"{item.spec.code}. {item.spec.words}: {' or '.join(item.spec.answers).lower()}"
