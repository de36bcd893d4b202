"""The frame as it is deposited: the levels that a release shows, how many boards each has, who answered.

Records tell their group alone, so the returns of each level stand here as far as they were released.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.core.deposit.columns import DataColumn, group_column
from analysis.core.outcomes import LABELS
from analysis.core.plan_document import ResponseRateSpec
from analysis.core.shape import NOT_SPECIFIED_ID, NOT_SPECIFIED_LABEL
from analysis.core.table import CONFIDENTIAL, Table
from analysis.depositing.gathering import Gathered

HEADS = (
    "table", "row", "label", "stratum", "level", "eligible_authorities", "eligible_boards", "returns", "marker",
    "column", "group", "alone",
)  # fmt: skip
OUTCOME_HEADS = ("table", "row", "label", "boards", "eligible")
Row = tuple[str | int | None, ...]
Eligible = tuple[int | None, int | None]  # authorities, boards


@dataclass(frozen=True)
class _Stratum:
    """A response table with the column of the records that holds the groups of its stratum, if there is one."""

    table: Table
    name: str
    column: DataColumn | None

    def line(self, row: str, label: str, *, level: str, eligible: Eligible) -> Row:
        """One level; `alone` says whether its group is this level and no other, so that records tell its returns."""
        cell, group = self.table.cell(row, "returns"), self._group(level)
        alone = self.column is not None and group is not None and self.column.levels[group - 1] == (level,)
        shown = (cell.count, CONFIDENTIAL if cell.marker == CONFIDENTIAL else "")
        whose = (self.column.name if self.column and group else "", group, "yes" if alone else "no")
        return (self.table.id, row, label, self.name, level, *eligible, *shown, *whose)

    def _group(self, level: str) -> int | None:
        levels = self.column.levels if self.column else ()
        return next((place for place, within in enumerate(levels, 1) if level in within), None)


def levels_of_frame(found: Gathered) -> list[Row]:
    """A line for each level of each response table that the release shows."""
    by_id = {table.id: table for table in found.tables}
    specs = [spec for spec in found.plan.specs if isinstance(spec, ResponseRateSpec) and spec.id in by_id]
    return [row for spec in specs for row in _of_table(found, spec, by_id[spec.id])]


def outcomes_of_boards(found: Gathered) -> list[Row]:
    """How many boards have each outcome, as the release tells it, and whether these could answer."""
    return [
        (table.id, row.id, row.label, table.cell(row.id, "boards").count, "no" if row.apart else "yes")
        for table in found.tables
        if table.id in found.recipe.by_board
        for row in table.rows
        if row.id in LABELS
    ]


def _of_table(found: Gathered, spec: ResponseRateSpec, table: Table) -> Iterator[Row]:
    population = found.material.eligible.population
    boards, authorities = population.boards[spec.stratum], population.authorities[spec.stratum]
    column = next((each for each in found.data.columns if each.name == group_column(spec.stratum)), None)
    stratum = _Stratum(table, spec.stratum, column)
    for row in spec.rows:
        eligible = authorities.get(row.value, 0), boards.get(row.value, 0)
        yield stratum.line(row.id, row.label, level=row.value, eligible=eligible)
    yield stratum.line(NOT_SPECIFIED_ID, NOT_SPECIFIED_LABEL, level="", eligible=(None, None))
