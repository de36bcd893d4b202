"""Tables as values: known markers only, a cell for every place, the differing figures in reading order."""

from dataclasses import FrozenInstanceError, replace

import pytest

from analysis.core.table import Cell, Column, Printed, Row, Table

pytestmark = pytest.mark.pure

DIFFERS = Cell(count=1, base=4, percent=25, printed=Printed("26", "percent", "E1", "Typed wrongly."))


def table(**changes: object) -> Table:
    rows = (Row("r1", "First"), Row("r2", "Second"))
    columns = (Column("c1", "One"), Column("c2", "Two"))
    cells = {(row, column): Cell(count=1, base=4, percent=25) for row in ("r1", "r2") for column in ("c1", "c2")}
    whole = Table("t", 1, "Title", "Stub", rows, columns, cells, "All.", (), "Source", "statements")
    return replace(whole, **changes)  # type: ignore[arg-type]


def test_table_walks_row_by_row() -> None:
    places = [(row.id, column.id) for row, column, _ in table().walk()]
    assert places == [("r1", "c1"), ("r1", "c2"), ("r2", "c1"), ("r2", "c2")]


def test_table_lists_differing_cells_with_their_row_and_column() -> None:
    changed = table(cells={**table().cells, ("r2", "c1"): DIFFERS})
    assert changed.differing == ((Row("r2", "Second"), Column("c1", "One"), DIFFERS),)
    assert changed.cell("r2", "c1") == DIFFERS


@pytest.mark.parametrize(
    "cells",
    [
        {("r1", "c1"): Cell(), ("r1", "c2"): Cell(), ("r2", "c1"): Cell()},
        {**table().cells, ("r3", "c1"): Cell()},
    ],
    ids=["missing", "too many"],
)
def test_table_refuses_other_than_one_cell_for_each_place(cells: dict[tuple[str, str], Cell]) -> None:
    with pytest.raises(ValueError, match="exactly one cell"):
        table(cells=cells)


def test_table_refuses_two_rows_of_one_id() -> None:
    with pytest.raises(ValueError, match="exactly one cell"):
        table(rows=(Row("r1", "First"), Row("r2", "Second"), Row("r1", "Again")))


def test_cell_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        DIFFERS.percent = 26  # type: ignore[misc]


def test_cell_refuses_an_unknown_marker() -> None:
    with pytest.raises(ValueError, match=r"\[q\] is not a known marker"):
        Cell(marker="[q]")


def test_cell_keeps_the_marker_of_an_absent_figure_off_one_that_is_there() -> None:
    nothing_yet = Cell(count=0, base=0, marker="[x]")
    assert (nothing_yet.marker_for("count"), nothing_yet.marker_for("percent")) == ("", "[x]")


def test_cell_keeps_a_break_beside_its_figure() -> None:
    assert Cell(base=46, percent=59, marker="[b]").marker_for("percent") == "[b]"
