"""No protected count can be worked out of what is published; the cheapest protection is found."""

from itertools import combinations
from random import Random

import pytest

from analysis.core.count_systems import ROOM, CannotProtect, CountSystem, Range, Sum
from analysis.core.disclosure import primary_cells
from analysis.core.suppression import hidden_ranges, secondary_cells, weak_cells
from tests.golden.test_worked_disclosure import with_margins

pytestmark = pytest.mark.pure


def random_table(seed: int) -> tuple[CountSystem, dict[str, int]]:
    random = Random(seed)
    rows, columns = random.randint(2, 5), random.randint(2, 4)
    return with_margins([[random.choice((0, 1, 2, 3, 5, 8, 12)) for _ in range(columns)] for _ in range(rows)])


def cheapest_by_trying(release: CountSystem, inner: dict[str, int], primary: frozenset[str]) -> int | None:
    """The fewest further cells that pass the audit, by trying all; nothing if even all of them do not."""
    others = [name for name in inner if name not in primary]
    for size in range(len(others) + 1):
        for extra in combinations(others, size):
            if not weak_cells(release, hidden=primary | set(extra), primary=primary):
                return size
    return None


@pytest.mark.parametrize("seed", range(40))
def test_no_primary_cell_of_a_random_table_can_be_worked_out(seed: int) -> None:
    release, inner = random_table(seed)
    primary = primary_cells(inner)

    try:
        secondary = secondary_cells(release, primary=primary, candidates=inner)
    except CannotProtect:
        assert weak_cells(release, hidden=inner, primary=primary)  # not even hiding everything would do
    else:
        assert weak_cells(release, hidden=primary | secondary, primary=primary) == {}
        ranges = hidden_ranges(release, hidden=primary | secondary, of=primary)
        assert all(found.has(ROOM) for found in ranges.values())  # reckoned in full, not from what was seen on the way


@pytest.mark.parametrize("seed", range(30))
def test_the_audit_finds_what_the_full_ranges_say(seed: int) -> None:
    release, inner = random_table(seed)
    primary, hidden = primary_cells(inner), frozenset(Random(seed).sample(sorted(inner), k=len(inner) * 2 // 3))
    full = hidden_ranges(release, hidden=hidden, of=primary & hidden)
    open_to_all = {name for name in primary - hidden if not Range(inner[name], inner[name]).has(ROOM)}

    weak = weak_cells(release, hidden=hidden, primary=primary)

    assert weak.keys() == open_to_all | {name for name, found in full.items() if not found.has(ROOM)}
    assert all(weak[name] == full[name] for name in weak.keys() & full.keys())


@pytest.mark.parametrize("seed", range(200, 206))
def test_no_fewer_cells_would_do(seed: int) -> None:
    random = Random(seed)
    release, inner = with_margins([[random.choice((1, 3, 4, 6, 9)) for _ in range(3)] for _ in range(3)])
    primary = primary_cells(inner)

    fewest = cheapest_by_trying(release, inner, primary)

    if fewest is None:
        with pytest.raises(CannotProtect):
            secondary_cells(release, primary=primary, candidates=inner)
    else:
        assert len(secondary_cells(release, primary=primary, candidates=inner)) == fewest


def test_nothing_to_protect_hides_nothing() -> None:
    release, inner = with_margins([[5, 6], [7, 8]])
    assert secondary_cells(release, primary=primary_cells(inner), candidates=inner) == frozenset()


def test_a_sum_that_does_not_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="all is not the sum of a, b"):
        CountSystem({"all": 3, "a": 1, "b": 1}, (Sum("all", ("a", "b")),))
