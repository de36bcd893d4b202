"""What was decided of a release, and what a person chose before."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.core.count_systems import Range
from analysis.core.cross_counts import FRAME
from analysis.core.disclosure import SMALLEST_BASE
from analysis.core.plan import Plan
from analysis.core.plan_document import BreakdownSpec, CodedSpec, CrossSpec, ResponseRateSpec, TableSpec
from analysis.core.release.groups import Group

BY_DECISION = "left out by decision"


@dataclass(frozen=True)
class Choices:
    """What a person decided: the smallest base, and tables or breakdowns that are not released."""

    smallest: int = SMALLEST_BASE
    left_out: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Decisions:
    """What a release shows and hides; `hidden`, `ranges` and `weak` are by name of the count.

    `ranges` say what an intruder could deduce of each count that needs protection, `weak` which of them lack it,
    `refusals` why the release cannot stand beside earlier ones or at all; `cautions` what copies of single tables, that
    were taken away from other answers, could tell beside it.
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
    cautions: tuple[str, ...] = ()

    @property
    def is_safe(self) -> bool:
        """Whether it may be released."""
        return not self.weak and not self.refusals


def breakdowns_of(spec: TableSpec, *, plan: Plan) -> tuple[BreakdownSpec, ...]:
    """Return the breakdowns that stand beside a table; a cross-table is one itself, and codes have none."""
    has_none = isinstance(spec, CodedSpec | CrossSpec | ResponseRateSpec)
    return () if has_none else plan.breakdowns


def is_by_item(spec: TableSpec) -> bool:
    """Whether the table tells the answers to two items together."""
    return isinstance(spec, CrossSpec) and bool(spec.by) and spec.by not in FRAME


def is_by_frame(spec: TableSpec) -> bool:
    """Whether the table is itself a breakdown by a variable of the frame."""
    return isinstance(spec, CrossSpec) and spec.by in FRAME


def shows_group(spec: TableSpec, stratum: str) -> bool:
    """Whether a table, or a breakdown of it, shows groups of this stratum."""
    return not isinstance(spec, CrossSpec) or spec.by == stratum


def breakdown_id(spec: TableSpec, stratum: str) -> str:
    """Return the id of a table's breakdown."""
    return f"{spec.id}-by-{stratum.replace('_', '-')}"
