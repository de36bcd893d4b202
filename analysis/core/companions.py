"""Companions of tables: the same counts on the returns that gave an answer other than don't know. Rules M10 and M11.

A companion is made of its table as that is shown and of nothing else, so it tells nothing that the table does not.
With counts a of the answers on the scale, its base is their sum and each percentage is a of it, halves rounded up; what
stands outside the base, don't know and not specified, is counted and has no percentage. Counts are returns.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, product

from analysis.core.beside import is_theirs, recovered
from analysis.core.cell_intervals import with_interval
from analysis.core.percent import percent
from analysis.core.plan import Plan
from analysis.core.plan_document import TableSpec
from analysis.core.release.questions import questions_of
from analysis.core.shape import NOT_SPECIFIED_ID, TOTAL_ID, Cells, Place, share
from analysis.core.table import BREAK, CONFIDENTIAL, MARKERS, NOT_APPLICABLE, NOT_AVAILABLE, Cell, Column, Row, Table
from analysis.core.tabulate import ROUNDING, rounding_note, shorthand

BASE_LABEL = "Base"
OTHER = "an answer other than don’t know"
SAME = "The counts are those of Table {number}. What stands outside the base is counted and has no percentage."
THEIRS = (
    "The other survey’s percentages (N = {bases}) are reckoned from the counts behind those it printed, where only one "
    "fits each."
)
POINTER = "Don’t know is in the base here. Table {number}a tells the same on the returns that gave another answer."
POINTER_WITHOUT = "Table {number}a tells the same on the returns that gave an answer."


def companion_id(table: str) -> str:
    """Return the id of a table's companion."""
    return f"{table}-answered"


def has_companion(spec: TableSpec, *, plan: Plan) -> bool:
    """Whether a table is told on both bases: as the plan says, or else where don't know was offered."""
    return any(question.answered for question in questions_of(spec, plan=plan))


def with_companions(tables: Iterable[Table], *, plan: Plan, boards: int) -> tuple[Table, ...]:
    """Return the tables, each followed by its companion where it has one; `boards` is how many could have answered."""
    having = {spec.id for spec in plan.every_spec if has_companion(spec, plan=plan)}
    return tuple(
        each
        for table in tables
        for each in ((pointing(table), companion(table, boards=boards)) if table.id in having else (table,))
    )


def pointing(table: Table) -> Table:
    """Return the table with a note that leads to its companion."""
    words = (POINTER if _offers_dont_know(table) else POINTER_WITHOUT).format(number=table.number)
    notes, markers = [[each for each in table.notes if _is_shorthand(each) == is_one] for is_one in (False, True)]
    return replace(table, notes=(*notes, words, *markers))


def companion(table: Table, *, boards: int) -> Table:
    """Return the companion of a table of answers: frequencies, statements or ratings, beside other surveys or not.

    `boards` is how many could have answered, for the exact interval of each share. Where an answer is withheld, so is
    all that stands on the same base; another survey's shares are not available where the counts behind are uncertain.
    """
    laid = _Laid(table)
    cells = {place: cell for series in laid.series for place, cell in series.cells(boards).items()}
    theirs = {cells[place].base for series in laid.series if series.is_theirs for place in series.inside}
    kept = (note for note in table.notes if note != ROUNDING and not _is_shorthand(note))
    return replace(
        table,
        id=companion_id(table.id),
        title=f"{table.title}: of returns that gave {_answer(table)}",
        rows=laid.rows,
        columns=laid.columns,
        cells=cells,
        base_note=_base_words(table, cells),
        notes=(
            *kept,
            SAME.format(number=table.number),
            *((THEIRS.format(bases=_span(filter(None, theirs))),) if any(theirs) else ()),
            *rounding_note(cells, (series.inside for series in laid.series)),
            *shorthand(cells.values()),
        ),
        companion_of=table.id,
    )


@dataclass(frozen=True)
class _Series:
    """All places of one item in one survey: the answers in the base, the base itself, and what is outside of it."""

    table: Table
    is_theirs: bool
    inside: tuple[Place, ...]
    outside: tuple[Place, ...]
    bases: tuple[Place, ...]
    without_percent: frozenset[Place]

    def cells(self, boards: int) -> dict[Place, Cell]:
        """Return every cell of the series on the base of the companion."""
        return self._theirs() if self.is_theirs else self._ours(boards)

    def _ours(self, boards: int) -> dict[Place, Cell]:
        counts = {place: self.table.cells[place].count for place in self.inside}
        known = [count for count in counts.values() if count is not None]
        base = sum(known)
        if len(known) < len(counts):
            told = dict.fromkeys((*self.inside, *self.bases), Cell(marker=CONFIDENTIAL))
        else:
            told = {
                place: with_interval(share(count or 0, base=base), population=boards) for place, count in counts.items()
            }
            told |= dict.fromkeys(self.bases, share(base, base=base))
        return told | {place: self._outside(place) for place in self.outside}

    def _outside(self, place: Place) -> Cell:
        cell = self.table.cells[place]
        return Cell(count=cell.count, marker=self._marker(place, cell))

    def _marker(self, place: Place, cell: Cell) -> str:
        if cell.count is None:
            return cell.marker
        return "" if place in self.without_percent else NOT_APPLICABLE

    def _theirs(self) -> dict[Place, Cell]:
        every = (*self.inside, *self.outside, *self.bases)
        found = {place: self.table.cells[place] for place in self.inside}
        if all(cell.marker == NOT_APPLICABLE for cell in found.values()):
            return dict.fromkeys(every, Cell(marker=NOT_APPLICABLE))
        counts = {place: _count_behind(cell) for place, cell in found.items()}
        known = [count for count in counts.values() if count is not None]
        base, whole = sum(known), max(cell.base or 0 for cell in found.values())
        outside = dict.fromkeys(self.outside, Cell(marker=NOT_APPLICABLE))
        if len(known) < len(counts) or not 0 < base <= whole:
            return dict.fromkeys((*self.inside, *self.bases), Cell(marker=NOT_AVAILABLE)) | outside
        shares = {place: Cell(base=base, percent=percent(count or 0, base), marker=BREAK)
                  for place, count in counts.items()}  # fmt: skip
        return shares | dict.fromkeys(self.bases, Cell(base=base, percent=100, marker=BREAK)) | outside


@dataclass(frozen=True)
class _Laid:
    """How a companion is laid out: answers first, then their base, then what stands outside of it."""

    table: Table

    @property
    def rows(self) -> tuple[Row, ...]:
        if self.table.kind == "statements":
            return self.table.rows
        panels = groupby(self.table.rows, lambda row: row.panel)
        return tuple(row for panel, rows in panels for row in _base_between(panel, list(rows)))

    @property
    def columns(self) -> tuple[Column, ...]:
        if self.table.kind != "statements":
            return self.table.columns
        answers = [each for each in self.table.columns if each.id != TOTAL_ID and not each.apart]
        base = [replace(each, label="Base") for each in self.table.columns if each.id == TOTAL_ID]
        apart = [each if is_theirs(each, self.table) else replace(each, measures=("count",))
                 for each in self.table.columns if each.apart]  # fmt: skip
        return (*answers, *base, *apart)

    @property
    def series(self) -> list[_Series]:
        found: dict[tuple[str, str], list[tuple[Row, Column]]] = {}
        for row, column in product(self.rows, self.columns):
            found.setdefault(self._key(row, column), []).append((row, column))
        return [self._series(places) for places in found.values()]

    def _key(self, row: Row, column: Column) -> tuple[str, str]:
        if self.table.kind != "statements":
            return row.panel, column.id
        return row.id, column.id.rpartition(".")[2] if is_theirs(column, self.table) else ""

    def _series(self, places: Sequence[tuple[Row, Column]]) -> _Series:
        bases = [(row, column) for row, column in places if row.total or column.id == TOTAL_ID]
        outside = [each for each in places if each not in bases and (each[0].apart or each[1].apart)]
        inside = [each for each in places if each not in bases and each not in outside]
        return _Series(
            self.table,
            is_theirs=is_theirs(places[0][1], self.table),
            inside=_ids(inside),
            outside=_ids(outside),
            bases=_ids(bases),
            without_percent=frozenset(_ids(each for each in places if "percent" not in each[1].measures)),
        )


def _base_between(panel: str, rows: Sequence[Row]) -> Iterator[Row]:
    """Ratings have no row of the base: it differs by item, so here they have one."""
    total = next((row.id for row in rows if row.total), "")
    within = rows[0].id.rpartition(".")[0]
    yield from (row for row in rows if not row.apart and not row.total)
    yield Row(total or f"{within}.{TOTAL_ID}", BASE_LABEL, panel=panel, total=True)
    yield from (row for row in rows if row.apart)


def _ids(places: Iterable[tuple[Row, Column]]) -> tuple[Place, ...]:
    return tuple((row.id, column.id) for row, column in places)


def _count_behind(cell: Cell) -> int | None:
    if cell.percent is None or not cell.base:
        return None
    return recovered(cell.percent, base=cell.base)


def _base_words(table: Table, cells: Cells) -> str:
    """From how many to how many, of all returns; nothing of bases that are withheld."""
    bases = {cell.base for cell in cells.values() if cell.base and cell.count is not None}
    whole = max((cell.base or 0 for cell in table.cells.values() if cell.count is not None), default=0)
    comma = "," if len(bases) > 1 else ""
    return f"Returns that gave {_answer(table)} (N = {_span(bases)}{comma} of {whole:,})."


def _span(bases: Iterable[int]) -> str:
    found = sorted(bases)
    if len(found) < 2:
        return f"{found[0]:,}" if found else "none"
    return f"{found[0]:,} to {found[-1]:,}, by item"


def _answer(table: Table) -> str:
    return OTHER if _offers_dont_know(table) else "an answer"


def _offers_dont_know(table: Table) -> bool:
    """Whether anything but silence stands apart."""
    apart = [*(row.id for row in table.rows if row.apart), *(each.id for each in table.columns if each.apart)]
    return any(not id_.endswith(NOT_SPECIFIED_ID) for id_ in apart)


def _is_shorthand(note: str) -> bool:
    return note.split(" ", 1)[0] in MARKERS
