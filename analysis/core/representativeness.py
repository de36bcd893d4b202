"""Whether those who answered differ from all who could have, group by group."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

DRAWS, SEED = 100_000, 2012
NOTABLE_RESIDUAL, NOTABLE_P = 2.0, 0.05


@dataclass(frozen=True, slots=True)
class Representativeness:
    """Pearson's statistic with its p value by simulation, and the adjusted residual of each group."""

    statistic: float
    degrees: int
    p: float
    residuals: tuple[float, ...]

    @property
    def differs(self) -> bool:
        """Whether the difference must be told before any finding."""
        return self.p < NOTABLE_P or any(abs(residual) > NOTABLE_RESIDUAL for residual in self.residuals)


def compare_returns(returns: Sequence[int], *, eligible: Sequence[int]) -> Representativeness | None:
    """Return how the returns of each group compare with random draws from those eligible; None if all or none answered.

    Pearson X² on returned and not returned; p from seeded draws of the multivariate hypergeometric distribution, which
    is what random silence in a closed list gives; adjusted residuals (O - E) / sqrt(E (1 - n/N) (1 - N_h/N)).
    """
    answered, everyone = sum(returns), sum(eligible)
    if len(returns) < 2 or not 0 < answered < everyone:
        return None
    sizes = np.array(eligible, dtype=np.int64)
    drawn = np.random.default_rng(SEED).multivariate_hypergeometric(sizes, answered, size=DRAWS)
    found = _statistic(np.array([returns]), sizes, answered)
    as_far = _statistic(drawn, sizes, answered) >= found[0] - 1e-9
    return Representativeness(
        statistic=float(found[0]),
        degrees=len(returns) - 1,
        p=float((as_far.sum() + 1) / (DRAWS + 1)),
        residuals=tuple(
            _residual(number, size, answered=answered, everyone=everyone)
            for number, size in zip(returns, eligible, strict=True)
        ),
    )


def _statistic(
    returns: np.ndarray[tuple[int, int], np.dtype[np.int64]],
    sizes: np.ndarray[tuple[int], np.dtype[np.int64]],
    answered: int,
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Both rows of the table at once: what returns exceed their expectation by, the silent fall short of theirs."""
    everyone = int(sizes.sum())
    expected = sizes * (answered / everyone)
    deviations = (returns - expected) ** 2
    parts = deviations / expected + deviations / (sizes - expected)
    total: np.ndarray[tuple[int], np.dtype[np.float64]] = parts.sum(axis=1)
    return total


def _residual(number: int, size: int, *, answered: int, everyone: int) -> float:
    expected = size * answered / everyone
    return (number - expected) / sqrt(expected * (1 - answered / everyone) * (1 - size / everyone))
