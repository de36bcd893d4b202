"""The groups of boards that a breakdown shows: levels of a stratum, merged in a fixed order until none is too small."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.core.disclosure import LARGEST_PRIMARY, SMALLEST_BASE
from analysis.core.plan_document import BreakdownSpec, GroupSpec

EVERYONE = "England"
UNNAMED = "not specified"


@dataclass(frozen=True, slots=True)
class Group:
    """Boards of one or several levels of a stratum; the level "" stands for returns that name none."""

    stratum: str
    label: str
    levels: tuple[str, ...]

    @property
    def name(self) -> str:
        """The same for the same boards, in whichever table or release they stand."""
        return name_of(self.stratum, self.levels)


@dataclass(frozen=True)
class Levels:
    """How many boards of each level of a stratum could answer, and how many did."""

    eligible: Mapping[str, int]
    returns: Mapping[str, int]
    smallest: int = SMALLEST_BASE

    def may_stand(self, levels: Sequence[str]) -> bool:
        """Whether a group of these levels has enough returns, and its returns do not tell who was silent."""
        answered = sum(self.returns.get(level, 0) for level in levels)
        silent = sum(self.eligible.get(level, 0) for level in levels) - answered
        return answered >= self.smallest and (silent > LARGEST_PRIMARY or self._all_answered)

    @property
    def _all_answered(self) -> bool:
        return all(self.returns.get(level, 0) >= eligible for level, eligible in self.eligible.items())


def name_of(stratum: str, levels: Sequence[str]) -> str:
    """Return the name of the boards of these levels."""
    return f"{stratum}: {' + '.join(sorted(level or UNNAMED for level in levels))}"


def groups_of(spec: BreakdownSpec, *, levels: Levels) -> tuple[Group, ...]:
    """Return the groups that may be shown, none if all boards would be in one.

    A group of the plan is shown by its levels if each of them may stand alone, else whole; groups that may not are
    merged with the next. Returns that name no level join the smallest group, or the rest of England would show them.
    Raises ValueError for a level that is in no group.
    """
    unknown = {level for level, count in levels.returns.items() if level and count}
    unknown -= {level for group in spec.groups for level in group.levels}
    if unknown:
        raise ValueError(f"The breakdown by {spec.label} has no group for {', '.join(sorted(unknown))}.")
    found = _merged([group for each in spec.groups for group in _shown(spec, each, levels)], levels)
    if len(found) < 2:
        return ()
    return tuple(_with_unnamed(found, spec, levels)) if levels.returns.get("") else tuple(found)


def _shown(spec: BreakdownSpec, group: GroupSpec, levels: Levels) -> Iterator[Group]:
    if all(levels.may_stand([level]) for level in group.levels):
        yield from (Group(spec.stratum, level, (level,)) for level in group.levels)
    else:
        yield Group(spec.stratum, group.label, group.levels)


def _merged(groups: list[Group], levels: Levels) -> list[Group]:
    """Merge the first group that may not stand with the next, the last one with that before it, until all may."""
    while len(groups) > 1:
        weak = [place for place, group in enumerate(groups) if not levels.may_stand(group.levels)]
        if not weak:
            break
        first = min(weak[0], len(groups) - 2)
        left, right = groups[first : first + 2]
        both = Group(left.stratum, f"{left.label}; {right.label}", left.levels + right.levels)
        groups = [*groups[:first], both, *groups[first + 2 :]]
    return groups


def _with_unnamed(groups: Sequence[Group], spec: BreakdownSpec, levels: Levels) -> Iterator[Group]:
    smallest = min(groups, key=lambda group: sum(levels.returns.get(level, 0) for level in group.levels))
    for group in groups:
        if group is smallest:
            label = f"{group.label}; returns that name no {spec.label}"
            yield replace(group, label=label, levels=(*group.levels, ""))
        else:
            yield group
