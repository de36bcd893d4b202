"""What a report is made from: the tables of a wave and everything that is told beside them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from analysis.core.document.blocks import PictureBlock, Quotes
from analysis.core.plan import Plan
from analysis.core.response import Rate
from analysis.core.table import Table
from analysis.outputs.silence import PrintedSilence


@dataclass(frozen=True, slots=True)
class Response:
    """Who could answer and who did: boards, persons and authorities are counted apart."""

    returns: int
    boards: int
    boards_named: int
    chairs: int
    authorities: int
    authorities_covered: int
    not_eligible: int = 0  # boards of the frame that are none of `boards`
    complete: int | None = None  # boards by their outcome, once data are frozen; a return that names none has none
    partial: int | None = None
    outcomes: Mapping[str, Any] | None = None  # of each board, as `core.outcomes.Outcomes`

    @property
    def unattributed(self) -> int:
        """Return how many returns name no board."""
        return self.returns - self.boards_named

    def outcome_rates(self, unit: str) -> tuple[tuple[str, str], ...]:
        """Return RR2 and RR1 by name, where outcomes were frozen (M4)."""
        if self.complete is None or self.partial is None:
            return ()
        both = Rate(self.complete + self.partial, self.boards, unit)
        return (
            ("RR2, complete and partial returns", f"{both}"),
            ("RR1, complete returns alone", f"{Rate(self.complete, self.boards, unit)}"),
        )

    @property
    def silent(self) -> int:
        """Return how many boards made no return."""
        return self.boards - self.returns


@dataclass(frozen=True, slots=True)
class Sources:
    """One wave as a report tells it; `fieldwork` is the time of the survey in words.

    A weighted table, by the id of the unweighted one, is printed behind it. `whole` are the tables before anything was
    withheld in them, for what may be said in words alone. `audience` says on the cover for whom the report is.
    """

    plan: Plan
    tables: tuple[Table, ...]
    response: Response
    fieldwork: str
    made_on: date
    demonstration: bool
    silence: PrintedSilence | None = None
    weighted: Mapping[str, Table] = field(default_factory=dict)
    audience: str = ""
    whole: tuple[Table, ...] = ()
    quotes: Mapping[str, Quotes] = field(default_factory=dict)
    pictures: Mapping[str, PictureBlock] = field(default_factory=dict)

    @property
    def rate(self) -> Rate:
        """Return the response as a rate of all boards."""
        return Rate(self.response.returns, self.response.boards, self.plan.unit)
