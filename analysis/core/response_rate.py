"""Response tables: returns beside the eligible authorities and boards of one stratum."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.core.cube import Cube
from analysis.core.plan_document import ResponseRateSpec
from analysis.core.shape import (
    NOT_SPECIFIED_ID,
    NOT_SPECIFIED_LABEL,
    TOTAL_ID,
    TOTAL_LABEL,
    Cells,
    Place,
    Population,
    share,
)
from analysis.core.table import NOT_APPLICABLE, Cell, Column, Row

COLUMNS = (
    Column("returns", "Returns", measures=("count",)),
    Column("eligible_authorities", "Eligible authorities", measures=("count",)),
    Column("response_rate", "Response rate (% of authorities)", measures=("percent",)),
    Column("eligible_boards", "Eligible boards", measures=("count",)),
    Column("response_rate_boards", "Response rate (% of boards)", measures=("percent",)),
    Column("share_of_returns", "Share of returns (%)", measures=("percent",)),
)


@dataclass(frozen=True)
class ResponseRate:
    """Lays out a response table and fills it from the stratum sizes of the cube and the frame."""

    spec: ResponseRateSpec

    @property
    def rows(self) -> tuple[Row, ...]:
        return (
            *(Row(row.id, row.label) for row in self.spec.rows),
            Row(NOT_SPECIFIED_ID, NOT_SPECIFIED_LABEL, apart=True),
            Row(TOTAL_ID, TOTAL_LABEL, total=True),
        )

    @property
    def columns(self) -> tuple[Column, ...]:
        return COLUMNS

    @property
    def wholes(self) -> tuple[tuple[Place, ...], ...]:
        return (tuple((row.id, "share_of_returns") for row in self.rows if not row.total),)

    def base_note(self, cube: Cube, population: Population) -> str:
        boards, authorities = self._eligible(population)
        return (
            f"All returns (N = {cube.total:,}); rates are of the {sum(authorities.values()):,} eligible authorities"
            f" and of the {sum(boards.values()):,} eligible boards."
        )

    def cells(self, cube: Cube, population: Population) -> Cells:
        returns = cube.sizes(self.spec.stratum)
        boards, authorities = self._eligible(population)
        self._refuse_unplaced({*returns, *boards, *authorities})
        lines = {
            row.id: _line(
                returns.get(row.value, 0),
                base=cube.total,
                authorities=authorities.get(row.value, 0),
                boards=boards.get(row.value, 0),
            )
            for row in self.spec.rows
        }
        lines[NOT_SPECIFIED_ID] = _unattributed(returns.get("", 0), base=cube.total)
        lines[TOTAL_ID] = _line(
            cube.total, base=cube.total, authorities=sum(authorities.values()), boards=sum(boards.values())
        )
        return {(row, column): cell for row, line in lines.items() for column, cell in line.items()}

    def _eligible(self, population: Population) -> tuple[Mapping[str, int], Mapping[str, int]]:
        return population.boards[self.spec.stratum], population.authorities[self.spec.stratum]

    def _refuse_unplaced(self, levels: set[str]) -> None:
        """A level without a row would leave the total larger than its parts."""
        unplaced = levels - {"", *(row.value for row in self.spec.rows)}
        if unplaced:
            raise ValueError(f"{self.spec.id} has no row for {self.spec.stratum} {', '.join(sorted(unplaced))}.")


def _line(returns: int, *, base: int, authorities: int, boards: int) -> dict[str, Cell]:
    return {
        "returns": Cell(count=returns, base=base),
        "eligible_authorities": Cell(count=authorities),
        "response_rate": share(returns, base=authorities),
        "eligible_boards": Cell(count=boards),
        "response_rate_boards": share(returns, base=boards),
        "share_of_returns": share(returns, base=base),
    }


def _unattributed(returns: int, *, base: int) -> dict[str, Cell]:
    """Returns that no board claims have a share, but nothing they could be a rate of."""
    none = dict.fromkeys((column.id for column in COLUMNS), Cell(marker=NOT_APPLICABLE))
    return none | {"returns": Cell(count=returns, base=base), "share_of_returns": share(returns, base=base)}
