"""How many returns there will be at the close, from the pace so far or from the wave before; a range, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

FEWEST_DAYS, FEWEST_RETURNS, WINDOW = 5, 5, 7
FEWEST_SILENT_BEFORE = 20  # boards still silent on this day of the wave before, to learn from
DRAWS, SEED, RANGE = 20_000, 2012, (5, 95)

Method = Literal["pace", "previous"]


@dataclass(frozen=True, slots=True)
class Forecast:
    """The number of returns expected at the close, with the range that holds nine times in ten if the method fits."""

    expected: int
    low: int
    high: int
    method: Method


@dataclass(frozen=True, slots=True)
class Before:
    """The wave before: how many were still silent on this day of its fieldwork, and how many of those answered yet."""

    silent: int
    answered_later: int


def forecast(per_day: Sequence[int], *, eligible: int, days_left: int, before: Before | None = None) -> Forecast | None:
    """Return the forecast; None with fewer than five days or five returns so far, or with nothing left to forecast.

    `per_day` holds the new returns of each day since opening, today last. With a wave before to learn from: of the
    boards silent now, as large a share will answer as of those silent on the same day then. Without: each silent board
    goes on answering as readily, day by day, as the silent did in the last seven days. The share has a beta posterior
    (Jeffreys' prior), the boards that follow it are binomial; the range is the middle 90 per cent of seeded draws.
    """
    answered = sum(per_day)
    silent = eligible - answered
    if len(per_day) < FEWEST_DAYS or answered < FEWEST_RETURNS or silent <= 0 or days_left <= 0:
        return None
    generator = np.random.default_rng(SEED)
    if before is not None and before.silent >= FEWEST_SILENT_BEFORE:
        later, never = before.answered_later, before.silent - before.answered_later
        shares = generator.beta(later + 0.5, never + 0.5, size=DRAWS)
        return _summary(generator.binomial(silent, shares), answered, method="previous")
    recent = list(per_day[-WINDOW:])
    exposed = _silent_days(recent, silent=silent)
    daily = generator.beta(sum(recent) + 0.5, exposed - sum(recent) + 0.5, size=DRAWS)
    return _summary(generator.binomial(silent, 1 - (1 - daily) ** days_left), answered, method="pace")


def _silent_days(recent: Sequence[int], *, silent: int) -> int:
    """On how many days, over all boards, a board was silent in the morning."""
    total, morning = 0, silent
    for returns in reversed(recent):
        morning += returns
        total += morning
    return total


def _summary(more: np.ndarray[tuple[int], np.dtype[np.int64]], answered: int, *, method: Method) -> Forecast:
    low, high = np.percentile(more, RANGE)
    return Forecast(answered + round(float(more.mean())), answered + round(low), answered + round(high), method)
