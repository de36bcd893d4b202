"""The map: where each authority stands on it, and how the return that covers it stands."""

import csv
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from math import sqrt
from pathlib import Path

from respondents.contacts.eligibility import eligible_returns
from respondents.returns.models import FrameAuthority, ReturnState
from respondents.returns.states import state_at
from survey.models import Wave

CARTOGRAM = Path(__file__).parent / "data" / "cartogram.csv"
SIZE = 20.0  # from the middle of a hexagon to a corner
GAP = 1.2  # of white on every side


@dataclass(frozen=True, slots=True)
class AuthorityState:
    """One authority of the frame and the state of its board's return."""

    code: str
    name: str
    region: str
    state: ReturnState


def states_on_map(wave: Wave, *, now: datetime) -> tuple[AuthorityState, ...]:
    """One query: the authorities of eligible boards that have a place on the map, by region and name."""
    eligible = FrameAuthority.objects.filter(survey_return__in=eligible_returns(wave, now=now))
    known = eligible.filter(gss_code__in=[*places()])
    rows = known.order_by("name").values_list("gss_code", "name", "region", state_at("survey_return__"))
    return tuple(AuthorityState(code, name, region, ReturnState(state)) for code, name, region, state in rows)


@cache
def places() -> dict[str, tuple[float, float]]:
    """The middle of each authority's hexagon on the screen: rows grow northwards, odd rows stand half a cell right."""
    with CARTOGRAM.open(encoding="utf-8", newline="") as file:
        rows = [(row["gss_code"], int(row["q"]), int(row["r"])) for row in csv.DictReader(file)]
    top = max(r for _, _, r in rows)
    return {
        code: (
            round(SIZE * sqrt(3) * (q + 0.5 + 0.5 * (r % 2)), 1),
            round(SIZE * (1 + 1.5 * (top - r)), 1),
        )
        for code, q, r in rows
    }


@cache
def extent() -> tuple[float, float]:
    """How wide and how high the map is."""
    return (
        round(max(x for x, _ in places().values()) + SIZE * sqrt(3) / 2, 1),
        round(max(y for _, y in places().values()) + SIZE, 1),
    )


def corners(x: float, y: float) -> str:
    """The corners of a hexagon that stands on one of them, as SVG wants them."""
    down, right = SIZE - GAP, round((SIZE - GAP) * sqrt(3) / 2, 1)
    steps = ((0, -down), (right, -down / 2), (right, down / 2), (0, down), (-right, down / 2), (-right, -down / 2))
    return " ".join(f"{x + across:.1f},{y + along:.1f}" for across, along in steps)
