"""How far people who coded the same answers agree, code by code."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Literal

import krippendorff
import numpy as np

RELIABLE, TENTATIVE, FEWEST_POSITIVES = 0.80, 0.667, 5
Coding = Sequence[Literal[0, 1] | None]


class Publication(Enum):
    """What may be printed of a code's count."""

    COUNT = "count"
    UNRELIABLE = "count marked [u]"
    WORDS = "a small number"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two people on one code: the share on which they agree, kappa, and agreement where either applied the code."""

    agreement: float
    kappa: float
    positive: float | None


def pair_agreement(first: Sequence[int], second: Sequence[int]) -> PairAgreement:
    """Compare two complete codings (1 = code applied); positive agreement 2a / (2a + b + c), None if nobody applied it.

    Raises ValueError if they coded different numbers of answers or none.
    """
    if len(first) != len(second) or not first:
        raise ValueError(f"The two coded {len(first)} and {len(second)} answers: each answer needs both.")
    both = sum(a and b for a, b in zip(first, second, strict=True))
    applied = sum(first) + sum(second)
    same = sum(a == b for a, b in zip(first, second, strict=True)) / len(first)
    return PairAgreement(same, _kappa(first, second), 2 * both / applied if applied else None)


def alpha(codings: Sequence[Coding]) -> float:
    """Return Krippendorff's alpha for nominal codes; any number of coders, None where one did not code an answer.

    Raises ValueError unless some answer was coded twice. Source: Krippendorff 2004.
    """
    table = np.array([[np.nan if code is None else float(code) for code in coder] for coder in codings])
    if table.ndim != 2 or not ((~np.isnan(table)).sum(axis=0) > 1).any():
        raise ValueError("Alpha needs an answer that two people have coded.")
    if len(np.unique(table[~np.isnan(table)])) == 1:
        return 1.0
    return float(krippendorff.alpha(reliability_data=table, level_of_measurement="nominal"))


def alpha_of_code(codings: Sequence[Coding]) -> float | None:
    """Return alpha for one code (1 = applied); None where nobody applied it to an answer that two people coded.

    To agree that a code is nowhere says nothing of how reliably it would be found.
    """
    twice = [each for each in zip(*codings, strict=True) if sum(code is not None for code in each) > 1]
    return alpha(codings) if any(code for each in twice for code in each) else None


def may_publish(reliability: float, *, positives: int) -> Publication:
    """Decide what may be printed of a code: few positives give words, then alpha decides at 0.80 and 0.667."""
    if positives < FEWEST_POSITIVES:
        return Publication.WORDS
    if reliability >= RELIABLE:
        return Publication.COUNT
    return Publication.UNRELIABLE if reliability >= TENTATIVE else Publication.NOTHING


def _kappa(first: Sequence[int], second: Sequence[int]) -> float:
    """(agreement - chance) / (1 - chance); 1 where both gave the same single code throughout.

    In whole numbers of pairs, since statsmodels takes seconds to load and pages show this. Source: Cohen 1960.
    """
    n, same = len(first), sum(a == b for a, b in zip(first, second, strict=True))
    chance = sum(first) * sum(second) + (n - sum(first)) * (n - sum(second))
    return 1.0 if chance == n * n else (n * same - chance) / (n * n - chance)
