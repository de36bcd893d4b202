"""Which figures stand on too little: their mark says so wherever they are printed (M32, M33)."""

from functools import lru_cache

from analysis.core.intervals import exact_interval

SMALLEST_BASE = 10  # below it there is neither test nor interval
FIRM_BASE = 20
WIDEST_POINTS = 30
CERTAIN_BASE = 47  # from here on no exact interval is wider, whatever the population: binomial limits of 23 of 47


@lru_cache(maxsize=4_096)
def is_unstable(x: int, *, n: int, population: int) -> bool:
    """Whether a share x/n of the boards that answered is of low reliability.

    It is on a base below 20, or with an exact interval for all boards wider than 30 points. Nothing stands on a base
    of nobody. Raises ValueError for counts that are impossible; returns beyond the population count as part of it.
    """
    if n >= CERTAIN_BASE or n == 0:
        return False
    if n < FIRM_BASE:
        return True
    everyone = max(population, n)
    found = exact_interval(x, n=n, population=everyone)
    return 100 * (found.high_count - found.low_count) > WIDEST_POINTS * everyone
