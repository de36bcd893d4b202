"""One table by groups made safe to leave the team: what tells too much is hidden, with what would give it away.

A release is decided over all its tables together (`analysis.core.deciding`); this is for a table taken away alone.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from analysis.core.count_systems import ROOM, CannotProtect, CountSystem, Sum
from analysis.core.disclosure import SMALLEST_BASE, primary_cells
from analysis.core.shape import TOTAL_ID, Place
from analysis.core.table import CONFIDENTIAL, MARKERS, Cell, Table

__all__ = ["CannotProtect", "hide", "is_withheld", "protect"]

Axis = Literal["rows", "columns"]
NOTE = f"{CONFIDENTIAL} = {MARKERS[CONFIDENTIAL]}."


@dataclass(frozen=True)
class _Group:
    """One group of boards: its base, how many gave each answer, and whether one board may give several."""

    id: str
    base: int
    answers: Mapping[str, int]
    overlaps: bool

    @property
    def cells(self) -> dict[str, int]:
        """The counts by name; where answers overlap, those who did not give an answer are told by its cell too."""
        told = {self.cell(answer): count for answer, count in self.answers.items()}
        rest = {self.rest(answer): self.base - count for answer, count in self.answers.items()}
        return told | rest if self.overlaps else told

    @property
    def sums(self) -> Iterator[Sum]:
        """What adds up to the base."""
        if self.overlaps:
            yield from (Sum(self.whole, (self.cell(answer), self.rest(answer))) for answer in self.answers)
        elif self.answers and sum(self.answers.values()) == self.base:
            yield Sum(self.whole, tuple(self.cells))

    def primary(self, *, smallest: int) -> frozenset[str]:
        """What tells of a board by itself: small counts; everything, where boards are few or all of one mind."""
        if 0 < self.base < smallest:
            return frozenset(self.cells)
        of_one_mind = frozenset(self.cells) if 0 < self.base in self.answers.values() else frozenset()
        return primary_cells(self.cells) | of_one_mind

    @property
    def whole(self) -> str:
        return f"base of {self.id}"

    def cell(self, answer: str) -> str:
        return f"{self.id} / {answer}"

    def rest(self, answer: str) -> str:
        return f"{self.id} / not {answer}"


def hide(table: Table, *, hidden: Collection[Place]) -> Table:
    """Return the table with a marker for the figures in these places: no count, no percentage, no printed figure."""
    if not hidden:
        return table
    cells = {
        place: Cell(base=cell.base, marker=CONFIDENTIAL) if place in hidden and _has_figure(cell) else cell
        for place, cell in table.cells.items()
    }
    return replace(table, cells=cells, notes=(*(note for note in table.notes if note != NOTE), NOTE))


def is_withheld(cell: Cell) -> bool:
    """Whether the cell's figures were hidden."""
    return cell.marker == CONFIDENTIAL


def _has_figure(cell: Cell) -> bool:
    return cell.count is not None or cell.percent is not None


def protect(
    table: Table, *, groups: Axis = "rows", smallest: int = SMALLEST_BASE, also: Collection[Place] = ()
) -> Table:
    """Return the table with every cell hidden that tells of a board, and those that would give one away.

    The groups of a frame variable stand in its rows, or in its columns; the other axis holds the answers. A row marked
    `total`, or the column of the total, is all groups together, or the base of a group. Answers of a table of kind
    `multiple` overlap. What stands in the places `also` is hidden
    whatever it tells. Raises CannotProtect where not even hiding every answer would do: merge groups.
    Rules: M47, M48 and M50 (primary), M49 (secondary).
    """
    from analysis.core.suppression import secondary_cells  # noqa: PLC0415 -- scipy takes seconds to load

    found = tuple(_groups(table, groups))
    totals = _totals(table, groups)
    counts = {name: count for group in found for name, count in group.cells.items()}
    primary = frozenset(name for group in found for name in group.primary(smallest=smallest))
    primary |= {group.cell(each) for group in found for each in group.answers if _place(group.id, each, groups) in also}
    hidden = primary | secondary_cells(
        _system(found, totals), primary=primary, candidates=counts, room=_room(found, totals)
    )
    return hide(
        table,
        hidden={
            _place(group.id, answer, groups)
            for group in found
            for answer in group.answers
            if not hidden.isdisjoint({group.cell(answer), group.rest(answer)})
        },
    )


def _groups(table: Table, axis: Axis) -> Iterator[_Group]:
    """Every group but all together; its base is that of its cells."""
    rows = [row.id for row in table.rows if not row.total]
    columns = [column.id for column in table.columns if column.id != TOTAL_ID and "count" in column.measures]
    for group in rows if axis == "rows" else columns:
        cells = {each: table.cells[_place(group, each, axis)] for each in (columns if axis == "rows" else rows)}
        yield _Group(
            group,
            max((cell.base or 0 for cell in cells.values()), default=0),
            {answer: cell.count for answer, cell in cells.items() if cell.count is not None},
            overlaps=table.kind == "multiple",
        )


def _totals(table: Table, axis: Axis) -> dict[str, int]:
    """The count of each answer in all groups together, where the table has it."""
    rows, columns = [row.id for row in table.rows if row.total], [each.id for each in table.columns]
    if axis == "columns":
        rows, columns = [row.id for row in table.rows], [each for each in columns if each == TOTAL_ID]
    found = {(column if axis == "rows" else row): table.cells[row, column].count for row in rows for column in columns}
    return {answer: count for answer, count in found.items() if count is not None}


def _system(groups: Iterable[_Group], totals: Mapping[str, int]) -> CountSystem:
    """All counts with the sums within groups and over them; a total that the groups do not make up links nothing."""
    found = tuple(groups)
    counts = {name: count for group in found for name, count in group.cells.items()}
    counts |= {group.whole: group.base for group in found}
    sums = [each for group in found for each in group.sums]
    for answer, total in totals.items():
        parts = tuple(group.cell(answer) for group in found if answer in group.answers)
        if parts and sum(counts[part] for part in parts) == total:
            counts[f"all / {answer}"] = total
            sums.append(Sum(f"all / {answer}", parts))
    return CountSystem(counts, tuple(sums))


def _room(groups: Iterable[_Group], totals: Mapping[str, int]) -> dict[str, int]:
    """No count can be uncertain beyond what the total over all groups, and its own base, leave open."""
    return {
        name: min(ROOM, group.base, totals.get(answer, ROOM))
        for group in groups
        for answer in group.answers
        for name in (group.cell(answer), group.rest(answer))
    }


def _place(group: str, answer: str, axis: Axis) -> Place:
    return (group, answer) if axis == "rows" else (answer, group)
