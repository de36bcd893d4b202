"""Who may have the records: that follows from how far their groups together narrow a board down."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from analysis.core.cube import STRATA
from analysis.core.deposit.columns import DataColumn, group_column
from analysis.core.release.counting import Pair

Level = Literal["safeguarded", "controlled"]
GIVEN: Mapping[Level, str] = {
    "safeguarded": "to registered users under a licence",
    "controlled": "to approved researchers in a secure setting, and nowhere else",
}


@dataclass(frozen=True, slots=True)
class Access:
    """The level, and the fewest boards of the frame among which any record could be."""

    level: Level
    fewest: int
    smallest: int

    @property
    def sentences(self) -> tuple[str, ...]:
        """Who may have what, in sentences."""
        return (
            (
                f"The deposit as a whole is for {self.level} access: {GIVEN[self.level]}, never openly. The boards of "
                "England are publicly known, and what a board answered is what a few known people think."
            ),
            self.why,
            "The tables alone are open, under the Open Government Licence v3.0, as they were released.",
        )

    @property
    def why(self) -> str:
        """What the level follows from."""
        told = f"All groups of a record together tell it to be of one of at least {self.fewest:,} boards of the frame"
        if self.level == "safeguarded":
            return f"{told}, which is no fewer than the {self.smallest} that a row of a table needs."
        return f"{told}, which is fewer than the {self.smallest} that a row of a table needs."


def access_to(columns: Iterable[DataColumn], *, boards: Mapping[Pair, int], smallest: int) -> Access:
    """Return who may have records with these columns; `boards` are those of the frame by type and region.

    Safeguarded where every combination of groups that any board has is that of as many boards as a row of a table
    needs, otherwise controlled.
    """
    groups = [column for column in columns if column.kind == "group"]
    parts: Counter[tuple[int, ...]] = Counter()
    for pair, count in boards.items():
        levels = {group_column(stratum): level for stratum, level in zip(STRATA, pair, strict=True)}
        parts[tuple(_place(group, levels[group.name]) for group in groups)] += count
    fewest = min(parts.values(), default=0)
    return Access("safeguarded" if fewest >= smallest else "controlled", fewest, smallest)


def _place(group: DataColumn, level: str) -> int:
    """The code of the group that has the level; 0 for one of which no return came."""
    return next((place for place, levels in enumerate(group.levels, 1) if level in levels), 0)
