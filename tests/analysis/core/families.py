"""Adjusted p values from their definitions, by looking at every subset or every threshold."""

from collections.abc import Iterator, Sequence
from itertools import combinations


def closed_test(p_values: Sequence[float]) -> list[float]:
    """Holm's: a test is rejected when Bonferroni rejects every group it is in. Source: Marcus, Peritz, Gabriel 1976."""
    return [max(_bonferroni(p_values, place)) for place in range(len(p_values))]


def _bonferroni(p_values: Sequence[float], place: int) -> Iterator[float]:
    others = [other for other in range(len(p_values)) if other != place]
    for size in range(len(p_values)):
        for chosen in combinations(others, size):
            yield min(1.0, (size + 1) * min(p_values[each] for each in (place, *chosen)))


def false_discoveries(p_values: Sequence[float]) -> list[float]:
    """Benjamini's: the least share of false alarms to be expected among all that a threshold lets through with it."""
    shares = {limit: len(p_values) * limit / sum(p <= limit for p in p_values) for limit in p_values}
    return [min(1.0, *(share for limit, share in shares.items() if limit >= p)) for p in p_values]
