"""What a chart shows, in a sentence with its base, reckoned from the table's own cells."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.core.bars import Item, items_of
from analysis.core.beside_pairs import Pair
from analysis.core.percent import percent
from analysis.core.reliability import SMALLEST_BASE
from analysis.core.shape import TOTAL_ID
from analysis.core.table import Cell, Table

NOTHING = "No returns have been counted yet."


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, and what they are the share of."""

    label: str
    count: int
    base: int

    def words(self, unit: str) -> str:
        """Return the share with both its numbers, as in: 44 of 57 boards, 77%."""
        return f"{self.count:,} of {self.base:,} {unit}, {percent(self.count, self.base)}%"


def scale_finding(table: Table, *, unit: str) -> str:
    """Return which item had most answers on the positive half of its scale, and which had fewest."""
    items = items_of(table)
    shares = [_positive(item, name=_name(item, table)) for item in items]
    if not shares or not all(share.base for share in shares):
        return NOTHING
    answers = " or ".join(f"“{label.lower()}”" for _, label, _ in _positive_parts(items[0]))
    most, fewest = max(shares, key=lambda share: share.count), min(shares, key=lambda share: share.count)
    return (
        f"Most often answered {answers}: {most.label} ({most.words(unit)}). "
        f"Least often: {fewest.label} ({fewest.words(unit)})."
    )


def plain_finding(table: Table, *, unit: str) -> str:
    """Return the most frequent answer."""
    column = table.columns[0].id
    rows = [row for row in table.rows if not (row.total or row.apart)]
    shares = [_share(row.label, table.cell(row.id, column)) for row in rows]
    if not shares or not all(share.base for share in shares):
        return NOTHING
    most = max(shares, key=lambda share: share.count)
    return f"Most frequent answer: {most.label.lower()} ({most.words(unit)})."


def cross_finding(table: Table, *, unit: str) -> str:
    """Return what all returns answered, and between which shares the groups lie that are large enough to be told."""
    wholes = [row for row in table.rows if row.total]
    if len(wholes) != 1:
        return scale_finding(_of_all(table), unit=unit)
    whole = next(item for item in items_of(table) if item.id == wholes[0].id)
    if table.overlaps or len(whole.parts) < 3:
        if not any(cell.count for _, _, cell in whole.parts):
            return f"None of the {unit} gave an answer."
        label, cell = max(((label, cell) for _, label, cell in whole.parts), key=lambda part: part[1].count or 0)
        return f"Most frequent answer: {label.lower()} ({_share(label, cell).words(unit)})."
    answers = " or ".join(f"“{label.lower()}”" for _, label, _ in _positive_parts(whole))
    told = f"Answered {answers}: {_positive(whole, name='').words(unit)}."
    return f"{told} {_spread(table)}".strip()


def _of_all(table: Table) -> Table:
    """The rows of all returns, each named by its item; a table without groups has no others."""
    if not any(row.total for row in table.rows):
        return table
    rows = tuple(replace(row, label=row.panel, panel="") for row in table.rows if row.total)
    cells = {place: cell for place, cell in table.cells.items() if place[0] in {row.id for row in rows}}
    return replace(table, rows=rows, cells=cells)


def _spread(table: Table) -> str:
    """Between which shares the groups of ten and more lie; one alone is no spread."""
    groups = {row.id for row in table.rows if not (row.total or row.apart)}
    shares = [_positive(item, name=item.label) for item in items_of(table) if item.id in groups]
    large = sorted((share for share in shares if share.base >= SMALLEST_BASE), key=lambda one: one.count / one.base)
    if len(large) < 2:
        return ""
    low, high = large[0], large[-1]
    ends = f"from {percent(low.count, low.base)}% ({low.label}) to {percent(high.count, high.base)}% ({high.label})"
    return f"In groups of {SMALLEST_BASE} and more {ends}."


def response_finding(table: Table, *, unit: str) -> str:
    """Return the overall response and the group from which most are missing."""
    column = "response_rate_boards"
    overall = _share("", table.cell(TOTAL_ID, column))
    rows = [row for row in table.rows if not (row.total or row.apart)]
    shares = [_share(row.label, table.cell(row.id, column)) for row in rows]
    if not shares or not overall.base:
        return NOTHING
    most = max(shares, key=lambda share: share.base - share.count)
    rate = f"{overall.count:,} of {overall.base:,} {unit} ({percent(overall.count, overall.base)}%)"
    if sum(share.base for share in shares) < overall.base:
        return f"{rate} made a return."  # most may be missing from a group that is withheld
    return f"{rate} made a return. Most are missing from {most.label}: {most.count:,} of {most.base:,} made one."


def comparator_finding(pairs: Sequence[Pair], *, ours: str, unit: str) -> str:
    """Return the item with most positive answers in this survey, and that the panels are no trend."""
    if not pairs or not all(pair.ours.base for pair in pairs):
        return NOTHING
    most = max(pairs, key=lambda pair: pair.ours.count or 0)
    answers = " or ".join(f"“{answer.lower()}”" for answer in most.answers)
    label = ", ".join(filter(None, (most.panel, most.label)))
    told = Share(label, most.ours.count or 0, most.ours.base).words(unit)
    return (
        f"{ours}: most often {answers} for {label} ({told}). "
        "The other panel is another survey: the two are not a trend."
    )


def _positive_parts(item: Item) -> tuple[tuple[str, str, Cell], ...]:
    return item.parts[: len(item.parts) // 2]


def _name(item: Item, table: Table) -> str:
    """Return the item's label; an agency is named together with what it was rated on."""
    return f"{item.panel}, {item.label}" if table.kind == "ratings" else item.label


def _positive(item: Item, *, name: str) -> Share:
    count = sum(cell.count or 0 for _, _, cell in _positive_parts(item))
    return Share(name, count, item.parts[0][2].base or 0)


def _share(label: str, cell: Cell) -> Share:
    return Share(label, cell.count or 0, cell.base or 0)
