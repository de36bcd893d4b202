"""The rules that say which counts tell too much of a board, and which populations may be published side by side."""

from collections.abc import Mapping, Sequence

LARGEST_PRIMARY, SMALLEST_BASE, SMALLEST_NATIONAL_BASE = 2, 10, 30
SMALLEST_DIFFERENCE, FEWEST_CONTRIBUTORS = 10, 3


def primary_cells(counts: Mapping[str, int], *, largest: int = LARGEST_PRIMARY) -> frozenset[str]:
    """Return the cells with counts from 1 to the largest that is hidden."""
    return frozenset(name for name, count in counts.items() if 1 <= count <= largest)


def must_hide_row(counts: Sequence[int], *, smallest: int = SMALLEST_BASE) -> bool:
    """Whether a row tells what each of its boards said: too few boards, or all of them in one cell."""
    base = sum(counts)
    return 0 < base and (base < smallest or max(counts) == base)


def difference_is_safe(base: int, *, published: int) -> bool:
    """Whether two populations published side by side differ by none or by ten boards and more, never by 1 to 9."""
    return not 0 < abs(base - published) < SMALLEST_DIFFERENCE


def is_dominated(contributions: Sequence[float], *, p: float = 10) -> bool:
    """Whether a magnitude tells of one contributor: they are fewer than three, or all but two are < p% of the top."""
    ordered = sorted(contributions, reverse=True)
    if len(ordered) < FEWEST_CONTRIBUTORS:
        return True
    return sum(ordered[2:]) < p / 100 * ordered[0]
