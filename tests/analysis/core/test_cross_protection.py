"""What of a cross-table leaves the house: nothing small, and nothing that gives it away."""

import pytest

from analysis.core.count_systems import CountSystem, Sum
from analysis.core.cross_protection import WITHHELD, protected
from analysis.core.percent import percent
from analysis.core.suppression import hidden_ranges
from analysis.core.table import CONFIDENTIAL, Cell, Column, Row, Table

pytestmark = pytest.mark.pure

COLUMNS = (
    Column("agree", "Agree"),
    Column("neither", "Neither"),
    Column("disagree", "Disagree"),
    Column("not_answered", "Not answered", measures=("count",), apart=True),
    Column("total", "Base", measures=("count",)),
)


def table_of(*lines: tuple[int, int, int, int]) -> Table:
    """Groups on the base of those that answered, with all returns below."""
    rows = [*((f"g{place}", line) for place, line in enumerate(lines)), ("total", tuple(map(sum, zip(*lines))))]  # noqa: B905 -- of one length
    cells = {}
    for name, (agree, neither, disagree, silent) in rows:
        base = agree + neither + disagree
        for column, count in zip(COLUMNS, (agree, neither, disagree, silent, base), strict=True):
            share = percent(count, base) if len(column.measures) > 1 and base else None
            cells[name, column.id] = Cell(count=count, base=base, percent=share)
    stub = tuple(Row(name, name, total=name == "total") for name, _ in rows)
    return Table("t", 1, "T", "G", stub, COLUMNS, cells, "All.", (), "S", "cross")


def hidden_in(table: Table) -> set[tuple[str, str]]:
    return {place for place, cell in table.cells.items() if cell.marker == CONFIDENTIAL}


def test_a_table_without_small_counts_is_told_as_it_is() -> None:
    table = table_of((14, 13, 12, 0), (20, 15, 9, 3), (11, 9, 8, 0))
    assert protected(table) == table


def test_a_small_count_goes_with_percentage_and_what_would_give_it_away() -> None:
    table = table_of((14, 13, 2, 0), (20, 15, 9, 0), (11, 17, 8, 0))
    safe = protected(table)
    assert safe.cell("g0", "disagree") == Cell(base=29, marker=CONFIDENTIAL)
    assert WITHHELD in safe.notes
    counts = {f"{row}|{column}": cell.count or 0 for (row, column), cell in table.cells.items()}
    answers, groups = ("agree", "neither", "disagree"), ("g0", "g1", "g2", "total")
    sums = [Sum(f"{row}|total", tuple(f"{row}|{column}" for column in answers)) for row in groups]
    sums += [Sum(f"total|{column}", tuple(f"{row}|{column}" for row in groups[:-1])) for column in answers]
    ranges = hidden_ranges(CountSystem(counts, tuple(sums)), hidden={"|".join(place) for place in hidden_in(safe)})
    assert ranges["g0|disagree"].has(3)


def test_the_answers_of_a_small_group_are_withheld() -> None:
    safe = protected(table_of((3, 3, 3, 0), (20, 15, 9, 0), (11, 17, 8, 0)))
    assert {("g0", "agree"), ("g0", "neither"), ("g0", "disagree")} <= hidden_in(safe)


def test_who_did_not_answer_is_withheld_where_it_is_one_or_two() -> None:
    assert ("g0", "not_answered") in hidden_in(protected(table_of((14, 13, 12, 1), (20, 15, 9, 4))))


def test_all_returns_are_told_whole_from_thirty_on_and_groups_of_fewer_not_at_all() -> None:
    many = protected(table_of((14, 13, 1, 0), (20, 15, 1, 0)))
    assert not {place for place in hidden_in(many) if place[0] == "total"}
    few = protected(table_of((7, 4, 3, 0), (6, 4, 4, 0)))
    assert {("g0", "agree"), ("g1", "disagree")} <= hidden_in(few)
    assert not {place for place in hidden_in(few) if place[0] == "total"}
    assert ("total", "agree") in hidden_in(protected(table_of((2, 1, 0, 0), (0, 1, 1, 0))))


def test_no_returns_have_nothing_to_withhold() -> None:
    table = table_of((0, 0, 0, 0))
    assert protected(table) == table
