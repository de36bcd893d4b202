"""Statement tables: several items on one scale, one row for each, one column for each option."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.core.cube import Cube
from analysis.core.plan_document import StatementsSpec
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


@dataclass(frozen=True)
class Statements:
    """Lays out a statements table and fills each row from the tally of its item."""

    spec: StatementsSpec
    items: Mapping[str, Item]

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(Row(row.id, row.label or self.items[row.item].label, panel=row.panel) for row in self.spec.rows)

    @property
    def columns(self) -> tuple[Column, ...]:
        scale = scale_of(self.items[self.spec.rows[0].item])
        return (
            *(Column(one.code, one.label, apart=one.kind == "dont_know") for one in scale.options),
            Column(NOT_SPECIFIED_ID, NOT_SPECIFIED_LABEL, apart=True),
            Column(TOTAL_ID, TOTAL_LABEL),
        )

    @property
    def wholes(self) -> tuple[tuple[Place, ...], ...]:
        parts = [column.id for column in self.columns if column.id != TOTAL_ID]
        return tuple(tuple((row.id, part) for part in parts) for row in self.rows)

    def base_note(self, cube: Cube, population: Population) -> str:
        return all_returns(cube)

    def cells(self, cube: Cube, population: Population) -> Cells:
        return {
            (row.id, column): cell
            for row in self.spec.rows
            for column, cell in tally(cube, self.items[row.item]).items()
        }
