"""Those who answered late beside those who answered early: the silent may be more like the late."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.core.percent import percent
from analysis.core.reliability import SMALLEST_BASE
from analysis.core.representativeness import compare_returns


@dataclass(frozen=True, slots=True)
class Lateness:
    """A share among the early and among the late, each as count and base, with its exact p as adjusted, if tested."""

    early: tuple[int, int]
    late: tuple[int, int]
    p: float | None

    @property
    def difference(self) -> float | None:
        """Return the share of the late less that of the early, in points; None without a base."""
        shares = [k / n for k, n in (self.early, self.late) if n]
        return 100 * (shares[1] - shares[0]) if len(shares) == 2 else None

    def percent_if_silent_are_late(self, *, population: int) -> int | None:
        """Return the percentage of all N units if the silent answered as the late did: (x + silent x_late/n_late) / N.

        None without a late base, or where more answered than there are.
        """
        (x, n), (later, late) = self.early, self.late
        silent = population - n - late
        return percent((x + later) * late + silent * later, population * late) if late and silent >= 0 else None


def compare_late(pairs: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> tuple[Lateness, ...]:
    """Return each share among the early and the late; tested exactly where both bases are 10 at least (M32).

    p is that of X² over every way in which as many answers could have fallen on the early and the late, adjusted by
    Holm for the whole family (M28). Where all or none gave the answer there is nothing to test, and p is 1.
    """
    tested = [_p(early, late) for early, late in pairs]
    adjusted = iter(holm_adjusted([p for p in tested if p is not None]))
    return tuple(
        Lateness(early, late, None if p is None else next(adjusted))
        for (early, late), p in zip(pairs, tested, strict=True)
    )


def holm_adjusted(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return max over the smaller ones of (m - rank) p, at most 1, in the order given. Source: Holm 1979."""
    order = sorted(range(len(p_values)), key=lambda place: p_values[place])
    adjusted, least = [0.0] * len(p_values), 0.0
    for rank, place in enumerate(order):
        least = max(least, min(1.0, (len(p_values) - rank) * p_values[place]))
        adjusted[place] = least
    return tuple(adjusted)


def _p(early: tuple[int, int], late: tuple[int, int]) -> float | None:
    if min(early[1], late[1]) < SMALLEST_BASE:
        return None
    found = compare_returns([early[0], late[0]], eligible=[early[1], late[1]])
    return 1.0 if found is None else found.p
