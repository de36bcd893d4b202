"""What was decided of a release, and what a person chose before."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.core.count_systems import Range
from analysis.core.disclosure import SMALLEST_BASE
from analysis.core.plan_document import Spec
from analysis.core.release.groups import Group

BY_DECISION = "left out by decision"
CROSSED = "a cross-table is taken away by itself, protected; here an item leaves with the breakdowns of its table"


@dataclass(frozen=True)
class Choices:
    """What a person decided: the smallest base, and tables or breakdowns that are not released."""

    smallest: int = SMALLEST_BASE
    left_out: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Decisions:
    """What a release shows and hides; `hidden`, `ranges` and `weak` are by name of the count.

    `ranges` say what an intruder could deduce of each count that needs protection, `weak` which of them lack it,
    `refusals` why the release cannot stand beside earlier ones or at all.
    """

    smallest: int
    groups: tuple[Group, ...]
    tables: tuple[str, ...]
    left_out: Mapping[str, str]
    bases: Mapping[str, int]
    hidden: Mapping[str, str]
    ranges: Mapping[str, Range]
    weak: tuple[str, ...]
    refusals: tuple[str, ...]

    @property
    def is_safe(self) -> bool:
        """Whether it may be released."""
        return not self.weak and not self.refusals


def breakdown_id(spec: Spec, stratum: str) -> str:
    """Return the id of a table's breakdown."""
    return f"{spec.id}-by-{stratum.replace('_', '-')}"
