"""Cross-tables: the answers to an item, or to each item of a battery, in every group of returns.

One row for each group and one for all returns together; one column for each answer, what is no answer apart, and the
base. A battery has a panel for each of its items.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from analysis.core.cell_intervals import with_interval
from analysis.core.cross_counts import (
    FRAME,
    NOT_ANSWERED_ID,
    NOT_ASKED_ID,
    Level,
    Part,
    Tally,
    items_of,
    levels_of,
    parts_of,
    tallies,
)
from analysis.core.cube import Cube
from analysis.core.multiple import SEVERAL
from analysis.core.plan_document import Base, CrossSpec
from analysis.core.reliability import FIRM_BASE, SMALLEST_BASE, WIDEST_POINTS
from analysis.core.shape import TOTAL_ID, Cells, Place, Population, share
from analysis.core.table import UNSTABLE, Cell, Column, Measure, Row
from survey.schema.document import Item, Questionnaire

ALL = "All returns"
MARKED = (
    f"A percentage is marked [u] where its 95% interval is wider than {WIDEST_POINTS} points or its base is under "
    f"{FIRM_BASE}; a base under {SMALLEST_BASE} has no interval."
)
BASES: Mapping[Base, str] = {
    "returned": "All returns",
    "asked": "Returns that were asked",
    "answered": "Returns that gave an answer, don’t know left out",
}
IN_BASE: Mapping[Base, frozenset[str]] = {
    "returned": frozenset({"dont_know", NOT_ANSWERED_ID, NOT_ASKED_ID}),
    "asked": frozenset({"dont_know", NOT_ANSWERED_ID}),
    "answered": frozenset(),
}
BOTH: tuple[Measure, ...] = ("count", "percent")


@dataclass(frozen=True)
class Cross:
    """Lays out a cross-table and fills it from the cube; a pair of items must have been joined in it."""

    spec: CrossSpec
    questionnaire: Questionnaire

    @property
    def items(self) -> tuple[Item, ...]:
        """The items, each a panel where there are several."""
        return items_of(self.spec, self.questionnaire)

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for item in self.items for row in self._panel(item))

    @property
    def columns(self) -> tuple[Column, ...]:
        return (
            *map(self._answer_column, self.parts),
            *(Column(id_, label, measures=self._measures(id_), apart=True) for id_, label in self._missing),
            Column(TOTAL_ID, "Base", measures=("count",)),
        )  # fmt: skip

    @property
    def wholes(self) -> tuple[tuple[Place, ...], ...]:
        if self.items[0].kind == "multiple":
            return ()
        within = [column.id for column in self.columns if "percent" in column.measures]
        return tuple(tuple((row.id, column) for column in within) for row in self.rows)

    def base_note(self, cube: Cube, population: Population) -> str:
        bases = [self._tallies(cube, item)[1].base(self.spec.base) for item in self.items]
        few, many = min(bases), max(bases)
        number = f"N = {few:,}" if few == many else f"N = {few:,} to {many:,}, by item"
        return f"{BASES[self.spec.base]} ({number})."

    def cells(self, cube: Cube, population: Population) -> Cells:
        return {
            (row, column): cell
            for item in self.items
            for row, tally, size in self._lines(cube, item, population)
            for column, cell in self._line(tally, size).items()
        }

    def remarks(self, cube: Cube, cells: Cells) -> Iterator[str]:
        """Yield what a reader of these figures must know: of refusals, of marks, of intervals."""
        if self.items[0].kind == "multiple":
            yield SEVERAL
        refused = sum(self._tallies(cube, item)[1].refused for item in self.items)
        if refused:
            yield f"Not answered includes {refused:,} that did not want to answer."
        if any(cell.marker == UNSTABLE for cell in cells.values()):
            yield MARKED

    def places(self) -> Iterator[tuple[Place, Item, Level, Part]]:
        """Yield where each answer of each group stands; what is no answer is not among the columns' parts."""
        for item in self.items:
            for level in self._levels:
                for part in self.parts:
                    yield (self._row_id(item, level.id), part.id), item, level, part

    def _panel(self, item: Item) -> Iterator[Row]:
        panel = item.label if self._has_panels else ""
        for level in self._levels:
            yield Row(self._row_id(item, level.id), level.label, panel=panel, apart=level.apart)
        if self._levels:
            yield Row(self._row_id(item, TOTAL_ID), ALL, panel=panel, total=True)
        elif len(self.items) > 1:
            yield Row(item.code, item.label)
        else:
            yield Row(TOTAL_ID, ALL, total=True)

    @property
    def _has_panels(self) -> bool:
        return bool(self.spec.question and self.spec.by)

    def _row_id(self, item: Item, level: str) -> str:
        return f"{item.code}.{level}" if self._has_panels else level

    def _lines(self, cube: Cube, item: Item, population: Population) -> Iterator[tuple[str, Tally, int | None]]:
        """Each row with its tally and the number of all units that it could have been; None if nobody knows."""
        each, whole = self._tallies(cube, item)
        for level, tally in zip(self._levels, each, strict=True):
            yield self._row_id(item, level.id), tally, self._size(level, population)
        alone = item.code if len(self.items) > 1 and not self._levels else self._row_id(item, TOTAL_ID)
        yield alone, whole, sum(population.boards[FRAME[0]].values())

    def _size(self, level: Level, population: Population) -> int | None:
        if self.spec.by not in FRAME:
            return None
        return population.boards[self.spec.by].get(str(level.values[0])) or None

    def _line(self, tally: Tally, size: int | None) -> dict[str, Cell]:
        """Where routing closed the question for some, nobody knows for how many of all units it would have done so."""
        base = tally.base(self.spec.base)
        known = size if self.spec.base == "returned" or not tally.not_asked else None
        line = {}
        for part in self.parts:
            cell = self._cell(tally.parts[part.id], base, "dont_know" if part.is_dont_know else "")
            line[part.id] = cell if part.is_dont_know else with_interval(cell, population=known)
        line[NOT_ANSWERED_ID] = self._cell(tally.not_answered, base, NOT_ANSWERED_ID)
        line[NOT_ASKED_ID] = self._cell(tally.not_asked, base, NOT_ASKED_ID)
        line[TOTAL_ID] = Cell(count=base, base=base)
        return {column.id: line[column.id] for column in self.columns}

    def _cell(self, number: int, base: int, missing: str) -> Cell:
        """What stands outside the base is counted, and no share of it."""
        return share(number, base=base) if not missing or missing in IN_BASE[self.spec.base] else Cell(count=number)

    def _answer_column(self, part: Part) -> Column:
        if part.is_dont_know:
            return Column(part.id, part.label, measures=self._measures("dont_know"), apart=True)
        return Column(part.id, part.label)

    def _measures(self, missing: str) -> tuple[Measure, ...]:
        return BOTH if missing in IN_BASE[self.spec.base] else ("count",)

    @property
    def _missing(self) -> Iterator[tuple[str, str]]:
        yield NOT_ANSWERED_ID, "Not answered"
        if any(item.shown_when for item in self.items):
            yield NOT_ASKED_ID, "Not applicable"

    @property
    def _levels(self) -> tuple[Level, ...]:
        return levels_of(self.spec, self.questionnaire)

    @property
    def parts(self) -> tuple[Part, ...]:
        return parts_of(self.spec, self.items[0])

    def _tallies(self, cube: Cube, item: Item) -> tuple[list[Tally], Tally]:
        return tallies(cube, item, spec=self.spec, levels=self._levels)
