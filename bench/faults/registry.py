"""The experiments: each has an id, what it does, what must hold, its goal, and how much of it runs in each size."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.faults.lab import Lab

SIZES = ("small", "nightly", "release")


@dataclass(frozen=True)
class Outcome:
    """What came out: a figure in words, whether that reaches the goal, and what was counted on the way."""

    figure: str
    passed: bool
    faults: int = 0
    acknowledged: int = 0
    problems: tuple[str, ...] = ()


Run = Callable[["Lab"], Outcome]


@dataclass(frozen=True)
class Experiment:
    """One experiment; without a run it is done elsewhere, or not at all, and `note` says so."""

    id: str
    does: str
    holds: str
    goal: str
    amounts: Mapping[str, int] = field(default_factory=dict)
    run: Run | None = None
    limit: int = 300
    note: str = ""
    needs_house: bool = True


EXPERIMENTS: dict[str, Experiment] = {}


def experiment(
    id: str,  # noqa: A002 -- it is called so
    *,
    does: str,
    holds: str,
    goal: str,
    amounts: Mapping[str, int],
    limit: int = 300,
    needs_house: bool = True,
) -> Callable[[Run], Run]:
    """Declares an experiment; `amounts` says how many rounds belong to a size, `limit` how many seconds it may take."""

    def declare(run: Run) -> Run:
        assert id not in EXPERIMENTS, f"{id} is declared twice"
        EXPERIMENTS[id] = Experiment(id, does, holds, goal, amounts, run, limit, needs_house=needs_house)
        return run

    return declare


def elsewhere(id: str, *, does: str, holds: str, goal: str, note: str) -> None:  # noqa: A002
    """Declares an experiment that this laboratory does not run, with the word where it is run or why it is not."""
    assert id not in EXPERIMENTS, f"{id} is declared twice"
    EXPERIMENTS[id] = Experiment(id, does, holds, goal, note=note)


def in_order() -> list[Experiment]:
    """All, A before E, by number."""
    return sorted(
        EXPERIMENTS.values(), key=lambda each: (each.id[0], int("".join(filter(str.isdigit, each.id))), each.id)
    )
