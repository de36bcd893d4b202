"""The figures of a release, read from the file that it published: nothing that it hides can be had from here."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from analysis.core.percent import percent
from analysis.core.table import CONFIDENTIAL, UNSTABLE

Place = tuple[str, str, str]  # table, row, column


@dataclass(frozen=True, slots=True)
class Figure:
    """How many boards, and of how many; no count where the release withholds it. Its percentage may be unreliable."""

    count: int | None = None
    base: int | None = None
    is_unstable: bool = False

    @property
    def percent(self) -> int | None:
        """Return the share in whole per cent, halves rounded up; None where there is no count or no base."""
        return percent(self.count, self.base) if self.count is not None and self.base else None

    @property
    def words(self) -> str:
        """Return “21 of 57 boards (37%)”, or that it is withheld."""
        if self.count is None or not self.base:
            return "withheld, [c]"
        return f"{self.count:,} of {self.base:,} boards ({self.share})"

    @property
    def share(self) -> str:
        """Return “37%”, marked where it is of low reliability; nothing where there is none."""
        mark = f" {UNSTABLE}" if self.is_unstable else ""
        return "" if self.percent is None else f"{self.percent}%{mark}"

    @property
    def cell(self) -> str:
        """Return “21 (37%)”, or the marker of what is withheld."""
        return CONFIDENTIAL if self.count is None else f"{self.count:,} ({self.share})"


WITHHELD = Figure()


def read_figures(text: str) -> Mapping[Place, Figure]:
    """Return every count in the tidy JSON of a release, by its place."""
    records = json.loads(text)
    unstable = {_place(each) for each in records if each["measure"] == "percent" and each["marker"] == UNSTABLE}
    return {
        _place(each): Figure(each["value"], each["base"], is_unstable=_share_of(each) in unstable)
        for each in records
        if each["measure"] == "count"
    }


def _place(record: Mapping[str, str]) -> Place:
    return record["table"], record["row"], record["column"]


def _share_of(record: Mapping[str, str]) -> Place:
    """Where the percentage of a count stands: tables of one item have it in a column of its own."""
    table, row, column = _place(record)
    return table, row, "percentage" if column == "frequency" else column
