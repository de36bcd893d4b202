"""Counts that may be shown, with what links them, what must be protected among them and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from analysis.core.count_systems import CountSystem, Sum

# Why a cell is hidden: the rules of the methods note.
SMALL_BASE, SMALL_COUNT, SECONDARY, OF_ONE_MIND, WHO_ANSWERED, HIDDEN_BEFORE = (
    "M47",
    "M48",
    "M49",
    "M50",
    "M46",
    "M55",
)
IN_WORDS = "M61"
REASONS: Mapping[str, str] = {
    WHO_ANSWERED: "tells which boards answered",
    SMALL_BASE: "too few boards in the row",
    SMALL_COUNT: "one or two boards",
    SECONDARY: "would give another cell away",
    OF_ONE_MIND: "all boards of the row said the same",
    HIDDEN_BEFORE: "was hidden in an earlier release",
    IN_WORDS: "a code on fewer than five boards, or one on which the coders agree too little",
}


@dataclass(frozen=True)
class Linked:
    """One system of counts.

    `shown` may be hidden at a cost; `unpublished` stand in no table; `primary` must be protected, each by its rule;
    `room` is how uncertain each can be at most, which is less than the usual room where all boards together leave less.
    """

    system: CountSystem
    shown: frozenset[str]
    unpublished: frozenset[str]
    primary: Mapping[str, str]
    room: Mapping[str, int]


@dataclass
class Sheet:
    """Collects the counts and sums of a system while it is written down."""

    counts: dict[str, int] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)

    def add(self, name: str, count: int, *, parts: Iterable[str] = ()) -> str:
        """Write a count down, and that it is the sum of its parts unless it is itself the only one."""
        self.counts[name] = count
        named = tuple(parts)
        if named and named != (name,):
            self.sums.append(Sum(name, named))
        return name

    @property
    def system(self) -> CountSystem:
        return CountSystem(self.counts, tuple(dict.fromkeys(self.sums)))
