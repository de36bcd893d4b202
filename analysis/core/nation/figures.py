"""The figures of a release, read from the file that it published: nothing that it hides can be had from here."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from analysis.core.percent import percent

Place = tuple[str, str, str]  # table, row, column


@dataclass(frozen=True, slots=True)
class Figure:
    """How many boards, and of how many; no count where the release withholds it."""

    count: int | None = None
    base: int | None = None

    @property
    def percent(self) -> int | None:
        """Return the share in whole per cent, halves rounded up; None where there is no count or no base."""
        return percent(self.count, self.base) if self.count is not None and self.base else None

    @property
    def words(self) -> str:
        """Return “21 of 57 boards (37%)”, or that it is withheld."""
        if self.count is None or not self.base:
            return "withheld, [c]"
        return f"{self.count:,} of {self.base:,} boards ({self.percent}%)"


WITHHELD = Figure()


def read_figures(text: str) -> Mapping[Place, Figure]:
    """Return every count in the tidy JSON of a release, by its place."""
    return {
        (record["table"], record["row"], record["column"]): Figure(record["value"], record["base"])
        for record in json.loads(text)
        if record["measure"] == "count"
    }
