"""How many boards of each level made a return, in the response tables and as bases of breakdowns.

Which boards could answer is public, so a count tells of the silent ones too; no level may show who answered.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.core.count_systems import ROOM
from analysis.core.disclosure import LARGEST_PRIMARY, SMALLEST_BASE
from analysis.core.release.counting import Boards, Counting, Pair
from analysis.core.release.groups import EVERYONE, Group
from analysis.core.release.linked import SMALL_BASE, SMALL_COUNT, WHO_ANSWERED, Linked, Sheet


@dataclass(frozen=True)
class Frame:
    """How many boards the frame holds of each authority type in each region: anybody can look it up."""

    boards: Mapping[Pair, int]

    def eligible(self, axis: int) -> dict[str, int]:
        """Return the boards of each level of the first or second stratum."""
        found: dict[str, int] = {}
        for pair, count in self.boards.items():
            found[pair[axis]] = found.get(pair[axis], 0) + count
        return found


def returns_at(where: str) -> str:
    """The name of the count of returns among these boards."""
    return f"returns @ {where}"


def link_returns(
    counting: Counting,
    *,
    frame: Frame,
    levels: Sequence[Group],
    groups: Sequence[Group],
    smallest: int = SMALLEST_BASE,
) -> Linked:
    """Return the counts of returns by the levels of response tables, bound by the bases of the breakdowns' groups.

    A joint board counts under its lead authority, as in the tables.
    """
    cells = _cells(counting, frame)
    sheet = Sheet()
    for pair, returns in cells.items():
        part = sheet.add(returns_at(_named(pair)), returns)
        if pair in frame.boards:
            silent = sheet.add(f"silent @ {_named(pair)}", frame.boards[pair] - returns)
            sheet.add(f"eligible @ {_named(pair)}", frame.boards[pair], parts=(part, silent))
    for boards in (*map(counting.boards, (*levels, *groups)), counting.everyone):
        within = [pair for pair in cells if boards.name == EVERYONE or _is_in(pair, boards, (*levels, *groups))]
        names = tuple(returns_at(_named(pair)) for pair in within)
        sheet.add(returns_at(boards.name), sum(cells[pair] for pair in within), parts=names)
    bases = {returns_at(group.name) for group in groups}
    shown = frozenset(returns_at(level.name) for level in levels) - bases
    unpublished = {f"{what} @ {_named(pair)}" for pair in cells for what in ("returns", "silent")}
    unpublished &= set(sheet.counts)
    room, primary = {}, {}
    if not _all_answered(cells, frame):
        for level in levels:
            name, eligible = returns_at(level.name), _eligible(level, frame)
            rule = _rule(sheet.counts[name], eligible, smallest=smallest)
            if rule and name in shown:
                primary[name] = rule
                room[name] = min(ROOM, sheet.counts[returns_at(EVERYONE)], ROOM if eligible is None else eligible)
    return Linked(sheet.system, shown, frozenset(unpublished), primary, room)


def _cells(counting: Counting, frame: Frame) -> dict[Pair, int]:
    """Returns by type and region, for every pair the frame has; some returns name no type or no region."""
    types, regions = counting.cube.levels
    found = {
        (one, other): int(counting.cube.returns[row, column])
        for row, one in enumerate(types)
        for column, other in enumerate(regions)
    }
    return dict.fromkeys(frame.boards, 0) | {pair: count for pair, count in found.items() if count or "" in pair}


def _named(pair: Pair) -> str:
    return " in ".join(level or "not specified" for level in pair)


def _is_in(pair: Pair, boards: Boards, groups: Sequence[Group]) -> bool:
    return any(group.name == boards.name and pair[_axis(group)] in group.levels for group in groups)


def _axis(group: Group) -> int:
    return ("authority_type", "region").index(group.stratum)


def _eligible(level: Group, frame: Frame) -> int | None:
    """Nobody knows how many boards could have made a return that names none."""
    if level.levels == ("",):
        return None
    return sum(count for pair, count in frame.boards.items() if pair[_axis(level)] in level.levels)


def _rule(returns: int, eligible: int | None, *, smallest: int) -> str:
    if 1 <= returns <= LARGEST_PRIMARY:
        return SMALL_COUNT
    if eligible is None:
        return ""
    if returns == 0 or eligible - returns == 0:
        return WHO_ANSWERED
    if 1 <= eligible - returns <= LARGEST_PRIMARY:
        return SMALL_COUNT
    return SMALL_BASE if eligible < smallest else ""


def _all_answered(cells: Mapping[Pair, int], frame: Frame) -> bool:
    return all(cells[pair] >= count for pair, count in frame.boards.items())


def levels_of(stratum: str, values: Sequence[str]) -> Iterator[Group]:
    """Return the levels that a response table shows, with that of returns that name none."""
    yield from (Group(stratum, value, (value,)) for value in (*values, ""))
