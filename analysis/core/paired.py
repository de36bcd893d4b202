"""Answers of the same boards beside each other: to one item's two sides, or in two waves."""

from dataclasses import dataclass
from math import sqrt


@dataclass(frozen=True, slots=True)
class NetAgreement:
    """Those who agree less those who disagree, as a share of the base, with its standard error."""

    net: float
    se: float


def net_agreement(agree: int, *, disagree: int, base: int, population: int) -> NetAgreement:
    """Return the net share and its standard error over boards scored +1, 0, -1.

    net = (a - d)/n; se = sqrt(((a + d)/n - net²)/n × (N - n)/(N - 1)). Raises ValueError for an impossible base.
    """
    if base <= 0 or agree < 0 or disagree < 0 or agree + disagree > base or base > population:
        raise ValueError(f"Net agreement needs a + d <= n <= N, not {agree} + {disagree}, {base}, {population}.")
    net = (agree - disagree) / base
    correction = (population - base) / (population - 1) if population > 1 else 0.0
    variance = max((agree + disagree) / base - net * net, 0.0)
    return NetAgreement(net, sqrt(variance / base * correction))


def mcnemar_p(improved: int, *, worsened: int) -> float:
    """Return the exact two-sided p of the discordant pairs under a fair coin; 1 where no pair is discordant."""
    from scipy.stats import binomtest  # noqa: PLC0415 -- loading it takes seconds, and most processes never need it

    if improved < 0 or worsened < 0:
        raise ValueError(f"Pairs are counted from zero, not {improved} and {worsened}.")
    pairs = improved + worsened
    return float(binomtest(improved, pairs, 0.5).pvalue) if pairs else 1.0
