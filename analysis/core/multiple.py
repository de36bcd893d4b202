"""Tables of a multiple choice: one row for each option, on the returns that were asked, in which parts overlap."""

from dataclasses import dataclass

from analysis.core.cube import Cube
from analysis.core.marks import CHOSEN, choices_of, mark_of
from analysis.core.plan_document import MultipleSpec
from analysis.core.shape import (
    NOT_SPECIFIED_ID,
    NOT_SPECIFIED_LABEL,
    TOTAL_ID,
    Cells,
    Place,
    Population,
    all_returns,
    scale_of,
    share,
)
from analysis.core.table import Column, Row
from survey.schema.codes import DONT_KNOW, NOT_ANSWERED, NOT_ASKED, REFUSED
from survey.schema.document import Item

SEVERAL = "Respondents could choose more than one answer, so percentages do not add to 100."
ASKED = "Returns that were asked"
COLUMNS = (
    Column("frequency", "Frequency", measures=("count",)),
    Column("percentage", "Percentage", measures=("percent",)),
)


@dataclass(frozen=True)
class Multiple:
    """Lays out a table of a multiple choice; the last row is its base and not a sum."""

    spec: MultipleSpec
    item: Item

    @property
    def rows(self) -> tuple[Row, ...]:
        return (
            *(Row(one.code, one.label, apart=one.kind == "dont_know") for one in scale_of(self.item).options),
            Row(NOT_SPECIFIED_ID, NOT_SPECIFIED_LABEL, apart=True),
            Row(TOTAL_ID, ASKED, total=True),
        )

    @property
    def columns(self) -> tuple[Column, ...]:
        return COLUMNS

    @property
    def wholes(self) -> tuple[tuple[Place, ...], ...]:
        return ()

    def base_note(self, cube: Cube, population: Population) -> str:
        codes = self._codes(cube)
        asked = cube.total - codes.get(NOT_ASKED, 0)
        answered = asked - _blank(codes)
        named = all_returns(cube).removesuffix(".") if asked == cube.total else f"{ASKED} (N = {asked:,})"
        return f"{named}, of which {answered:,} answered."

    def cells(self, cube: Cube, population: Population) -> Cells:
        codes = self._codes(cube)
        asked = cube.total - codes.get(NOT_ASKED, 0)
        counts = {one.code: cube.codes(mark_of(self.item, one)).get(CHOSEN, 0) for one in choices_of(self.item)}
        unknown = (one.code for one in scale_of(self.item).options if one.kind == "dont_know")
        counts |= dict.fromkeys(unknown, codes.get(DONT_KNOW, 0))
        counts |= {NOT_SPECIFIED_ID: _blank(codes), TOTAL_ID: asked}
        return {(row, column.id): share(number, base=asked) for row, number in counts.items() for column in COLUMNS}

    def _codes(self, cube: Cube) -> dict[int, int]:
        """Every column of the item holds the same codes where nothing was chosen, so the first one tells."""
        return cube.codes(mark_of(self.item, choices_of(self.item)[0]))


def _blank(codes: dict[int, int]) -> int:
    return sum(codes.get(code, 0) for code in (NOT_ANSWERED, REFUSED))
