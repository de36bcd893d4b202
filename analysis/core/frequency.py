"""Frequency tables: one item, one row for each option of its scale."""

from dataclasses import dataclass

from analysis.core.cube import Cube
from analysis.core.plan_document import FrequencySpec
from analysis.core.shape import (
    NOT_SPECIFIED_ID,
    NOT_SPECIFIED_LABEL,
    TOTAL_ID,
    TOTAL_LABEL,
    Cells,
    Place,
    Population,
    all_returns,
    scale_of,
    tally,
)
from analysis.core.table import Column, Row
from survey.schema.document import Item

COLUMNS = (
    Column("frequency", "Frequency", measures=("count",)),
    Column("percentage", "Percentage", measures=("percent",)),
)


@dataclass(frozen=True)
class Frequency:
    """Lays out a frequency table and fills both columns from one tally."""

    spec: FrequencySpec
    item: Item

    @property
    def rows(self) -> tuple[Row, ...]:
        return (
            *(Row(one.code, one.label, apart=one.kind == "dont_know") for one in scale_of(self.item).options),
            Row(NOT_SPECIFIED_ID, NOT_SPECIFIED_LABEL, apart=True),
            Row(TOTAL_ID, TOTAL_LABEL, total=True),
        )

    @property
    def columns(self) -> tuple[Column, ...]:
        return COLUMNS

    @property
    def wholes(self) -> tuple[tuple[Place, ...], ...]:
        return (tuple((row.id, "percentage") for row in self.rows if not row.total),)

    def base_note(self, cube: Cube, population: Population) -> str:
        return all_returns(cube)

    def cells(self, cube: Cube, population: Population) -> Cells:
        answers = tally(cube, self.item)
        return {(row, column.id): cell for row, cell in answers.items() for column in COLUMNS}
