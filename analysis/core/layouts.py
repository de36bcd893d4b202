"""The kinds of table, each one class that lays out rows and columns and fills the cells from a cube."""

from collections.abc import Mapping
from typing import Protocol

from analysis.core.cross import Cross
from analysis.core.cube import Cube
from analysis.core.frequency import Frequency
from analysis.core.multiple import Multiple
from analysis.core.plan_document import (
    CrossSpec,
    FrequencySpec,
    MultipleSpec,
    RatingsSpec,
    ResponseRateSpec,
    Spec,
    StatementsSpec,
)
from analysis.core.ratings import Ratings
from analysis.core.references import Comparator
from analysis.core.response_rate import ResponseRate
from analysis.core.shape import Cells, Place, Population
from analysis.core.statements import Statements
from analysis.core.table import Column, Row
from survey.schema.document import Questionnaire


class Layout(Protocol):
    """What every kind of table answers; `wholes` are the groups of cells whose percentages make up a hundred."""

    @property
    def rows(self) -> tuple[Row, ...]: ...
    @property
    def columns(self) -> tuple[Column, ...]: ...
    @property
    def wholes(self) -> tuple[tuple[Place, ...], ...]: ...
    def base_note(self, cube: Cube, population: Population) -> str: ...
    def cells(self, cube: Cube, population: Population) -> Cells: ...


def lay_out(spec: Spec, *, questionnaire: Questionnaire, comparators: Mapping[str, Comparator]) -> Layout:
    """Return the layout of a table whose spec has been checked against the questionnaire."""
    match spec:
        case ResponseRateSpec():
            return ResponseRate(spec)
        case FrequencySpec():
            return Frequency(spec, questionnaire.items[spec.item])
        case MultipleSpec():
            return Multiple(spec, questionnaire.items[spec.item])
        case StatementsSpec():
            return Statements(spec, questionnaire.items)
        case RatingsSpec():
            return Ratings(spec, questionnaire, comparators.get(spec.comparator or ""))
        case CrossSpec():
            return Cross(spec, questionnaire)
