"""A second implementation of the exact limits: all x at once, from floats of log factorials."""

from collections.abc import Iterator

import numpy as np
from scipy.special import gammaln

from analysis.core.intervals import exact_interval

TAIL, FLOAT_NOISE = 0.025, 1e-10  # a tail of exactly 0.025, such as 1 of 40, does not pass it


def limits_by_tails(n: int, population: int) -> tuple[list[int], list[int]]:
    """The lowest and the highest number of boards for each x from 0 to n, by the chances of every x under every K."""
    log_factorials = gammaln(np.arange(population + 1) + 1.0)

    def log_ways(whole: np.ndarray, part: np.ndarray) -> np.ndarray:
        inside = np.clip(part, 0, whole)
        found: np.ndarray = log_factorials[whole] - log_factorials[inside] - log_factorials[whole - inside]
        return found

    having, drawn = np.arange(population + 1)[:, None], np.arange(n + 1)[None, :]
    is_possible = (drawn <= having) & (n - drawn <= population - having)
    ways = log_ways(having, drawn) + log_ways(population - having, n - drawn)
    all_ways = log_ways(np.array(population), np.array(n))
    chances = np.where(is_possible, np.exp(ways - all_ways), 0.0)
    below, above = chances.cumsum(axis=1), chances[:, ::-1].cumsum(axis=1)[:, ::-1]
    lowest = (above <= TAIL + FLOAT_NOISE).sum(axis=0)
    highest = (below > TAIL + FLOAT_NOISE).sum(axis=0) - 1
    return lowest.tolist(), highest.tolist()


def differing(population: int) -> Iterator[tuple[int, int, int]]:
    """Every x, n and N of this population for which the two implementations differ."""
    for n in range(1, population + 1):
        lowest, highest = limits_by_tails(n, population)
        for x in range(n + 1):
            found = exact_interval(x, n=n, population=population)
            if (found.low_count, found.high_count) != (lowest[x], highest[x]):
                yield x, n, population
