"""What the tables by groups in a release share: ids that stay, figures with the mark of low reliability, and notes.

Row ids are made of the levels of a group, so that the same id is the same boards in every release.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from analysis.core.cell_intervals import with_interval
from analysis.core.cube import STRATA
from analysis.core.multiple import SEVERAL
from analysis.core.plan_document import CrossSpec, StratumRow, TableSpec
from analysis.core.release.groups import Group
from analysis.core.release.participation import Frame
from analysis.core.release.questions import Question
from analysis.core.shape import NOT_SPECIFIED_ID, TOTAL_ID, Cells, Place, share
from analysis.core.table import Cell
from analysis.core.tabulate import rounding_note, shorthand


def group_id(group: Group, *, levels: Sequence[StratumRow]) -> str:
    """Return the id of a group's row: those that the plan gives its levels, joined where there are several."""
    named = {row.value: row.id for row in levels}
    return "__".join(sorted(named.get(level) or _plain(level) for level in group.levels))


def row_of(spec: TableSpec, question: Question, line: str) -> str:
    """Return the id of a row: a cross-table of one item names no item in it, as in the plan."""
    alone = isinstance(spec, CrossSpec) and not spec.question
    return line if alone else f"{question.id}.{line}"


def boards_in(group: Group | None, *, frame: Frame) -> int | None:
    """Return how many boards could be of a group, or of all; nobody knows how many return that name no level."""
    if group is None:
        return sum(frame.boards.values())
    eligible = frame.eligible(STRATA.index(group.stratum))
    return None if "" in group.levels else sum(eligible.get(level, 0) for level in group.levels)


def figure(count: int, *, base: int, population: int | None) -> Cell:
    """Return a share with its mark. Its interval is left to national figures. Rules M32 and M33."""
    return replace(with_interval(share(count, base=base), population=population), interval=None)


def notes_of(
    spec: TableSpec, questions: Sequence[Question], cells: Cells, *, names: Mapping[Place, str], hidden: Collection[str]
) -> tuple[str, ...]:
    """Return what the plan says below the table, and what the figures that are told call for. Rule M12.

    What is hidden calls for nothing: that it does would tell of it.
    """
    secret = {place for place, name in names.items() if name in hidden}
    told = {place: cell for place, cell in cells.items() if place not in secret}
    overlaps = questions[0].unasked is not None
    wholes = () if overlaps else tuple(_wholes(told, rows={row for row, _ in secret}))
    several = (SEVERAL,) if overlaps else ()
    own = (each for each in (*spec.notes, *several, *rounding_note(told, wholes), *shorthand(told.values())))
    return tuple(dict.fromkeys(own))


def _wholes(told: Cells, *, rows: Collection[str]) -> Iterator[tuple[Place, ...]]:
    """The answers of each row of which nothing is hidden."""
    for row in dict.fromkeys(row for row, _ in told if row not in rows):
        yield tuple(place for place in told if place[0] == row and place[1] != TOTAL_ID)


def _plain(level: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", level.lower()).strip("_") or NOT_SPECIFIED_ID
