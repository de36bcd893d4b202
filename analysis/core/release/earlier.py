"""What was released before binds what may be released now: populations must not differ by a few boards."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.core.disclosure import difference_is_safe
from analysis.core.release.groups import EVERYONE, Group

REMEDY = "Release from the data of that release, or leave this breakdown out."


@dataclass(frozen=True)
class Earlier:
    """One release as the public knows it: from which data, with which groups, on which bases, and what it hid."""

    number: int
    extract: str  # the digest of its data
    groups: tuple[Group, ...]
    bases: Mapping[str, int]
    hidden: frozenset[str]
    tables: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()

    def hides(self, item: str, codes: Iterable[int], group: Group) -> bool:
        """Whether it hid the count of these answers in this group, or one of which this is a part."""
        wanted, start = set(codes), f"{item} = "
        for each in self.groups:
            end = f" @ {each.name}"
            if each.stratum == group.stratum and set(group.levels) <= set(each.levels):
                named = (name for name in self.hidden if name.startswith(start) and name.endswith(end))
                told = (name.removeprefix(start).removesuffix(end).split(", ") for name in named)
                if any(wanted <= set(map(int, each)) for each in told):
                    return True
        return False

    def shows(self, id_: str) -> bool:
        """Whether this table or breakdown was released: breakdowns are with their table unless they were left out."""
        return id_ not in self.left_out and (id_ in self.tables or "-by-" in id_)


@dataclass(frozen=True, slots=True)
class _Population:
    """A population that some table is on: nothing for its group stands for everybody."""

    group: Group | None
    base: int

    @property
    def name(self) -> str:
        return EVERYONE if self.group is None else self.group.label

    def is_within(self, other: "_Population") -> bool:
        """Whether every board of this one is of the other."""
        if other.group is None or self.group is None:
            return other.group is None
        return self.group.stratum == other.group.stratum and set(self.group.levels) <= set(other.group.levels)


def differences(
    groups: Sequence[Group], *, bases: Mapping[str, int], earlier: Iterable[Earlier], remedy: str = REMEDY
) -> Iterator[str]:
    """Yield a sentence for each population that differs from one released before by one to nine boards."""
    ours = list(_populations(groups, bases))
    for release in earlier:
        for theirs in _populations(release.groups, release.bases):
            for each in ours:
                linked = each.is_within(theirs) or theirs.is_within(each)
                if linked and not difference_is_safe(each.base, published=theirs.base):
                    few = abs(each.base - theirs.base)
                    yield (
                        f"{each.name} has {each.base:,} returns here, {theirs.name} had {theirs.base:,} in release "
                        f"{release.number}: what {few} {'board' if few == 1 else 'boards'} answered could be worked "
                        f"out. {remedy}"
                    )


def _populations(groups: Sequence[Group], bases: Mapping[str, int]) -> Iterator[_Population]:
    yield _Population(None, bases[EVERYONE])
    yield from (_Population(group, bases[group.name]) for group in groups)
