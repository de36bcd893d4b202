"""What became of each board, and the response rates that follow: a table of its own. Rules M2 to M4.

With I complete and P partial returns and E eligible boards, on a closed list of which each is known to be eligible,
RR2 = (I + P) / E and RR1 = I / E. Counts are boards. Source: AAPOR, Standard Definitions (establishments, named lists).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.core.shape import TOTAL_ID, share
from analysis.core.table import NOT_APPLICABLE, Cell, Column, Row, Table
from analysis.core.tabulate import rounding_note, shorthand

OUTCOMES = "outcomes"
COMPLETE, PARTIAL = "complete", "partial"
RR2, RR1 = "rr2", "rr1"
OF_ALL, RATES, OUT = "What became of each board", "Response rates", "Not in the base"
TITLE = "Outcomes of all boards on the list, and response rates RR2 and RR1"
LABELS: Mapping[str, str] = {  # in order; the last two are of boards that could not answer
    COMPLETE: "Complete",
    PARTIAL: "Partial",
    "break_off": "Break-off",
    "refusal": "Refusal",
    "opened_only": "Opened only",
    "never_opened": "Never opened",
    "bounced": "Bounced",
    "not_eligible": "Not eligible",
    "duplicate": "Duplicate",
}
OUTSIDE = ("not_eligible", "duplicate")
INSIDE = tuple(each for each in LABELS if each not in OUTSIDE)
COLUMNS = (Column("boards", "Boards", measures=("count",)), Column("share", "Share (%)", measures=("percent",)))
ROWS = (
    *(Row(each, LABELS[each], panel=OF_ALL) for each in INSIDE),
    Row(TOTAL_ID, "Eligible boards", panel=OF_ALL, total=True),
    Row(RR2, "RR2: complete and partial returns", panel=RATES),
    Row(RR1, "RR1: complete returns alone", panel=RATES),
    *(Row(each, LABELS[each], panel=OUT, apart=True) for each in OUTSIDE),
)
RATES_NOTE = (
    "RR2 = (complete + partial) / eligible boards; RR1 = complete / eligible boards (AAPOR). Each board of the list is "
    "known to be eligible or not, so RR2 is RR4 and RR6, and RR1 is RR3 and RR5."
)
CUT_OFFS = (
    "A return is partial from {partial_from}% of the items that applied to it, and complete above {complete_above}%. "
    "Break-off: a return with less, or one that was begun and not sent."
)
OTHERS = (
    "Refusal: the board said that it would not answer. Opened only: somebody signed in and saved nothing. Never "
    "opened: nobody signed in. Bounced: nobody could be reached. Not eligible: the board had ended or been merged. "
    "Duplicate: it was on the list twice."
)
UNNAMED = "Boards are counted here, not returns: {unnamed:,} {returns} no board, and so {have} no outcome."


@dataclass(frozen=True, slots=True)
class Outcomes:
    """How many boards have each outcome; the cut-offs are in per cent of the items that applied. As frozen."""

    counts: Mapping[str, int]
    partial_from: int
    complete_above: int
    unnamed: int = 0  # returns that name no board

    @property
    def eligible(self) -> int:
        """Return how many boards could answer."""
        return sum(self.counts.get(each, 0) for each in INSIDE)

    @property
    def complete(self) -> int:
        """Return how many made a complete return."""
        return self.counts.get(COMPLETE, 0)

    @property
    def partial(self) -> int:
        """Return how many made a partial return."""
        return self.counts.get(PARTIAL, 0)


def outcomes_table(found: Outcomes, *, source: str) -> Table:
    """Return the table: a row for each outcome, one for all eligible boards, and both rates."""
    cells = dict(_cells(found))
    wholes = [[(each, "share") for each in INSIDE]]
    return Table(
        id=OUTCOMES,
        number=0,
        title=TITLE,
        stub_label="Outcome",
        rows=ROWS,
        columns=COLUMNS,
        cells=cells,
        base_note=f"All eligible boards (N = {found.eligible:,}), as they were when the data were frozen.",
        notes=(*_notes(found), *rounding_note(cells, map(tuple, wholes)), *shorthand(cells.values())),
        source=source,
        kind="outcomes",
    )


def with_outcomes(tables: Sequence[Table], outcomes: Iterable[Table]) -> tuple[Table, ...]:
    """Return the tables with that of outcomes behind those of response, or first where there is none."""
    place = max((at for at, table in enumerate(tables, 1) if table.kind == "response_rate"), default=0)
    return (*tables[:place], *outcomes, *tables[place:])


def _notes(found: Outcomes) -> Iterator[str]:
    yield RATES_NOTE
    yield CUT_OFFS.format(partial_from=found.partial_from, complete_above=found.complete_above)
    yield OTHERS
    if found.unnamed:
        returns, have = ("return names", "it has") if found.unnamed == 1 else ("returns name", "they have")
        yield UNNAMED.format(unnamed=found.unnamed, returns=returns, have=have)


def _cells(found: Outcomes) -> Iterator[tuple[tuple[str, str], Cell]]:
    base = found.eligible
    counts = {each: found.counts.get(each, 0) for each in INSIDE}
    counts |= {TOTAL_ID: base, RR2: found.complete + found.partial, RR1: found.complete}
    for row, count in counts.items():
        yield from (((row, column.id), share(count, base=base)) for column in COLUMNS)
    for row in OUTSIDE:
        count = found.counts.get(row, 0)
        yield (row, "boards"), Cell(count=count)
        yield (row, "share"), Cell(marker=NOT_APPLICABLE)
