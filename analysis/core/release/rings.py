"""Which cross-tables of two items may stand beside breakdowns and each other: those that close no ring.

Items are knots, the boards' groups another; a breakdown ties an item to the groups, a cross-table two items. While no
ring is tied, any table that agrees with one tie can be put together with any that agrees with the others, so each may
be decided by itself. In a ring, as of two items by region and by each other, one tie tells of another.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

GROUPS = "the groups"


@dataclass(frozen=True, slots=True)
class Tie:
    """Two items that a table tells together; one of a multiple choice may be tied to nothing else."""

    first: str
    second: str
    is_multiple: bool = False


@dataclass
class Knots:
    """What is tied together so far."""

    tied: dict[str, str] = field(default_factory=dict)
    ties: set[frozenset[str]] = field(default_factory=set)

    def tie(self, first: str, second: str) -> None:
        """Tie these two."""
        self.ties.add(frozenset((first, second)))
        self.tied[self._end(first)] = self._end(second)

    def closes(self, tie: Tie) -> bool:
        """Whether this tie would close a ring; the same tie twice is one."""
        pair = frozenset((tie.first, tie.second))
        if pair in self.ties:
            return False
        is_used = any(tie.first in each for each in self.ties)
        return self._end(tie.first) == self._end(tie.second) or (tie.is_multiple and is_used)

    def closing(self, ties: Iterable[Tie]) -> tuple[Tie, ...]:
        """Tie all of these if none closes a ring; return those that do."""
        before, many = dict(self.tied), set(self.ties)
        found = []
        for each in ties:
            if self.closes(each):
                found.append(each)
            else:
                self.tie(each.first, each.second)
        if found:
            self.tied, self.ties = before, many
        return tuple(found)

    def _end(self, name: str) -> str:
        while name in self.tied and self.tied[name] != name:
            name = self.tied[name]
        return name
