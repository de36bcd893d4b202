"""How many boards of each group made a return: what single tables and releases tell of it beside each other. Rule M46.

The base of a row is such a count, so a copy by groups of boards tells who answered as the response tables do.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from analysis.core.cross import Cross
from analysis.core.cross_counts import FRAME
from analysis.core.cube import STRATA
from analysis.core.disclosure import SMALLEST_BASE
from analysis.core.plan import Plan
from analysis.core.plan_document import ResponseRateSpec
from analysis.core.release.copies import Copy
from analysis.core.release.counting import Counting
from analysis.core.release.earlier import Earlier
from analysis.core.release.groups import EVERYONE, Group
from analysis.core.release.linked import Linked
from analysis.core.release.participation import Frame, levels_of, link_returns, returns_at
from analysis.core.release.settling import chosen, weak_in, without
from analysis.core.shape import TOTAL_ID
from analysis.core.table import Table


@dataclass(frozen=True)
class Besides:
    """Counts of returns that must be hidden besides, and those that nothing can: they were told, or follow."""

    hidden: frozenset[str]
    lost: frozenset[str]


def besides(linked: Linked, *, told: Collection[str], hidden: Collection[str]) -> Besides:
    """Return what must be hidden of these counts besides what is, for one who was told others of them before."""
    known = frozenset(told) & linked.system.counts.keys()
    left = without(linked, known=known)
    nothing = replace(left, shown=frozenset(), unpublished=left.unpublished | left.shown)
    lost = weak_in(nothing, hidden=())
    left = replace(left, primary={name: rule for name, rule in left.primary.items() if name not in lost})
    first = left.shown & frozenset(hidden)
    more = frozenset(chosen(left, hidden_before=first)) if weak_in(left, hidden=first) else frozenset[str]()
    return Besides(more - frozenset(hidden), lost | (linked.primary.keys() & known))


def groups_told(copies: Iterable[Copy], *, counting: Counting) -> dict[Group, str]:
    """Return the groups of which copies told how many returns they made, each with the copy, if it is as many now."""
    return {
        group: copy.name
        for copy in copies
        for group in copy.frame_groups
        if returns_at(group.name) not in copy.hidden
        and copy.bases[group.name] == counting.returns(counting.boards(group))
    }


def levels_told(earlier: Iterable[Earlier], *, plan: Plan, counting: Counting) -> Iterator[Group]:
    """Yield the levels of which the response tables of releases, made from as many returns, tell how many they made."""
    for release in earlier:
        if release.bases[EVERYONE] != counting.returns(counting.everyone):
            continue
        for spec in plan.every_spec:
            if isinstance(spec, ResponseRateSpec) and release.shows(spec.id):
                levels = levels_of(spec.stratum, [row.value for row in spec.rows])
                yield from (each for each in levels if returns_at(each.name) not in release.hidden)


def few_rows(cross: Cross, table: Table, *, counting: Counting) -> frozenset[str]:
    """Return the rows of groups of boards on fewer than ten returns, of which not even the base leaves by itself."""
    return frozenset(
        row
        for row, group in _rows(cross).items()
        if (group.levels != ("",) or table.cell(row, TOTAL_ID).count)
        and min(counting.returns(counting.boards(group)), table.cell(row, TOTAL_ID).count or 0) < SMALLEST_BASE
    )


def rows_besides(
    cross: Cross, *, counting: Counting, frame: Frame, told: Collection[Group], hidden: Collection[str]
) -> frozenset[str]:
    """Return the rows of which not even the base may leave, since it would give away who answered, but for `hidden`."""
    rows = _rows(cross)
    if not rows:
        return frozenset()
    every = (Group(axis, each, (each,)) for place, axis in enumerate(STRATA) for each in counting.cube.levels[place])
    linked = link_returns(
        counting, frame=frame, levels=tuple(dict.fromkeys((*rows.values(), *told, *every))), groups=()
    )
    mine = linked.shown & {returns_at(group.name) for group in rows.values()}
    linked = replace(linked, shown=mine, unpublished=linked.unpublished | (linked.shown - mine))
    kept = {returns_at(group.name) for row, group in rows.items() if row in hidden}
    found = besides(linked, told={returns_at(each.name) for each in told}, hidden=kept).hidden
    return frozenset(row for row, group in rows.items() if returns_at(group.name) in found)


def _rows(cross: Cross) -> Mapping[str, Group]:
    """Each row of a group of boards with the group, item by item."""
    if cross.spec.by not in FRAME:
        return {}
    return {place[0]: Group(cross.spec.by, "", tuple(map(str, level.values))) for place, _, level, _ in cross.places()}
