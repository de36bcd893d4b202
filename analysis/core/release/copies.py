"""What copies of single tables told of an item: the counts they showed and hid, and on which answers they were made.

Copies of one item by groups of boards, or of one pair of items, that were made from the same answers are one system
(see `beside`). Copies from other answers must be on populations that differ by none or by ten boards and more.
Rules M51 to M53.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import product
from typing import Any

import numpy as np

from analysis.core.cross import IN_BASE, Cross
from analysis.core.cross_counts import FRAME, NOT_ANSWERED_ID, NOT_ASKED_ID, Level, Part
from analysis.core.cube import LOWEST, Counts, Cube
from analysis.core.marks import CHOSEN, choices_of, mark_of
from analysis.core.release.crossed import both
from analysis.core.release.groups import EVERYONE, Group
from analysis.core.release.participation import returns_at
from analysis.core.release.questions import Answer
from analysis.core.shape import TOTAL_ID, Place
from analysis.core.table import CONFIDENTIAL, Table
from survey.schema.codes import DONT_KNOW, NOT_ANSWERED, NOT_ASKED, REFUSED
from survey.schema.document import Item

GroupValues = tuple[str | int, ...]


@dataclass(frozen=True)
class Copy:
    """One item as one copy told it; `by` is empty for all returns together, as a release of these answers has it."""

    item: str
    by: str
    base: str
    answers: tuple[Answer, ...]
    inside: Answer | None  # of the base, where that is not all returns
    groups: tuple[GroupValues, ...]
    hidden: frozenset[str]  # counts of answers, and of the returns of groups
    bases: Mapping[str, int]  # returns of everybody and of each group
    digests: Mapping[str, str]  # of the answers to each item, and to both together
    name: str = ""

    @property
    def is_by_groups(self) -> bool:
        """Whether its groups are those of a variable of the frame."""
        return self.by in FRAME

    @property
    def is_multiple(self) -> bool:
        """Whether several answers could be chosen."""
        return any(answer.item != self.item for answer in self.answers)

    @property
    def every(self) -> frozenset[str]:
        """The names of all counts that it could have told of its groups."""
        columns = (*self.answers, self.inside) if self.inside else self.answers
        return frozenset(self.named(answer, group) for answer, group in product(columns, self.groups))

    @property
    def told(self) -> frozenset[str]:
        """The names of the counts that it told."""
        return self.every - self.hidden

    @property
    def frame_groups(self) -> tuple[Group, ...]:
        """Its groups of boards."""
        found = (tuple(map(str, values)) for values in self.groups if self.is_by_groups)
        return tuple(Group(self.by, ", ".join(levels), levels) for levels in found)

    def named(self, answer: Answer, group: GroupValues) -> str:
        """The name of the count of those of a group that gave an answer, the same as in releases."""
        if self.is_by_groups:
            return answer.at(Group(self.by, "", tuple(map(str, group))).name)
        return both(answer, Answer(self.by, tuple(map(int, group))))


def copies_of(cross: Cross, table: Table, cube: Cube) -> tuple[Copy, ...]:
    """Return what a table tells of each of its items, as it stands: what is marked in it is hidden."""
    return tuple(_copy(cross, item, table, cube) for item in cross.items)


def places_of(cross: Cross, item: Item) -> dict[Place, tuple[Answer, GroupValues]]:
    """Return which answer of which group stands in each place of one item's rows, the base among them."""
    rows: dict[str, Level] = {place[0]: level for place, each, level, _ in cross.places() if each == item}
    columns = _columns(cross, item)
    return {
        (row, column): (answer, _ordered(level.values))
        for (row, level), (column, answer) in product(rows.items(), columns.items())
    }


def written(copy: Copy) -> dict[str, Any]:
    """Return the copy in plain values; read by `read`."""
    return {
        "item": copy.item,
        "by": copy.by,
        "base": copy.base,
        "answers": [[each.item, list(each.codes)] for each in copy.answers],
        "inside": list(copy.inside.codes) if copy.inside else None,
        "groups": [list(values) for values in copy.groups],
        "hidden": sorted(copy.hidden),
        "bases": dict(copy.bases),
        "digests": dict(copy.digests),
    }


def read(document: Mapping[str, Any], *, name: str) -> Copy:
    """Return the copy that was written, called by this name in sentences."""
    item, inside = document["item"], document["inside"]
    return Copy(
        item=item,
        by=document["by"],
        base=document["base"],
        answers=tuple(Answer(mark, tuple(codes)) for mark, codes in document["answers"]),
        inside=None if inside is None else Answer(item, tuple(inside)),
        groups=tuple(map(tuple, document["groups"])),
        hidden=frozenset(document["hidden"]),
        bases=document["bases"],
        digests=document["digests"],
        name=name,
    )


def _copy(cross: Cross, item: Item, table: Table, cube: Cube) -> Copy:
    spec, columns, places = cross.spec, _columns(cross, item), places_of(cross, item)
    groups = tuple(dict.fromkeys(group for _, group in places.values()))
    made = Copy(
        item=item.code,
        by=spec.by,
        base=spec.base,
        answers=tuple(answer for column, answer in columns.items() if column != TOTAL_ID),
        inside=columns.get(TOTAL_ID),
        groups=groups,
        hidden=frozenset(),
        bases=_bases(spec.by, groups, cube),
        digests=digests_of(item, spec.by, cube),
    )
    hidden = {made.named(*told) for place, told in places.items() if table.cell(*place).marker == CONFIDENTIAL}
    return replace(made, hidden=frozenset(hidden | _returns_hidden(spec.by, places, table)))


def _returns_hidden(by: str, places: Mapping[Place, tuple[Answer, GroupValues]], table: Table) -> set[str]:
    """The groups of boards whose base is withheld, so that how many made a return is not told."""
    rows = {place[0]: group for place, (_, group) in places.items() if by in FRAME}
    return {
        returns_at(Group(by, "", tuple(map(str, group))).name)
        for row, group in rows.items()
        if table.cell(row, TOTAL_ID).marker == CONFIDENTIAL
    }


def _columns(cross: Cross, item: Item) -> dict[str, Answer]:
    """The answer that each column counts; that of the base only where it is not all returns.

    The base of a multiple choice is not among them: its marks overlap.
    """
    answers = {each.id: _answer(item, each) for each in cross.parts}
    first = mark_of(item, choices_of(item)[0]) if item.kind == "multiple" else item.code
    blank = (
        (NOT_ANSWERED, REFUSED) if item.shown_when or item.kind == "multiple" else (NOT_ANSWERED, NOT_ASKED, REFUSED)
    )
    answers[NOT_ANSWERED_ID] = Answer(first, tuple(sorted(blank)))
    if item.shown_when:
        answers[NOT_ASKED_ID] = Answer(first, (NOT_ASKED,))
    if item.kind != "multiple" and cross.spec.base != "returned":
        kinds = {each.id: "dont_know" for each in cross.parts if each.is_dont_know}
        kinds |= {NOT_ANSWERED_ID: NOT_ANSWERED_ID, NOT_ASKED_ID: NOT_ASKED_ID}
        within = IN_BASE[cross.spec.base]
        inside = [each for column, each in answers.items() if column not in kinds or kinds[column] in within]
        answers[TOTAL_ID] = Answer(item.code, tuple(sorted(code for each in inside for code in each.codes)))
    return answers


def _answer(item: Item, part: Part) -> Answer:
    if item.kind != "multiple":
        return Answer(item.code, tuple(sorted(option.value for option in part.options)))
    if part.is_dont_know:
        return Answer(mark_of(item, choices_of(item)[0]), (DONT_KNOW,))
    return Answer(mark_of(item, part.options[0]), (CHOSEN,))


def _bases(by: str, groups: tuple[GroupValues, ...], cube: Cube) -> dict[str, int]:
    """How many returns there are of everybody and of each group."""
    if by in FRAME:
        sizes = cube.sizes(by)
        found = {
            Group(by, "", tuple(map(str, each))).name: sum(sizes.get(str(one), 0) for one in each) for each in groups
        }
    else:
        codes = cube.codes(by) if by else {}
        found = {f"{by} = {', '.join(map(str, each))}": sum(codes.get(int(one), 0) for one in each) for each in groups}
    return {EVERYONE: cube.total} | found


def digests_of(item: Item, by: str, cube: Cube) -> dict[str, str]:
    """Return digests of the answers to the item in every stratum, to the item in the rows, and to both together."""
    columns = [mark_of(item, each) for each in choices_of(item)] if item.kind == "multiple" else [item.code]
    found = {item.code: _digest(cube, *(cube.answers_to(each) for each in columns))}
    if by and by not in FRAME:
        pairs = [(each, by) for each in columns]
        joint = [cube.joint[pair] if pair <= pair[::-1] else cube.joint[pair].T for pair in pairs]
        found |= {by: _digest(cube, cube.answers_to(by)), " & ".join(sorted((item.code, by))): _digest(cube, *joint)}
    return found


def _digest(cube: Cube, *counts: Counts) -> str:
    content = b"".join(np.ascontiguousarray(each).tobytes() for each in counts)
    return sha256(repr((LOWEST, cube.levels)).encode() + content).hexdigest()


def _ordered(values: GroupValues) -> GroupValues:
    codes, words = ([each for each in values if isinstance(each, kind)] for kind in (int, str))
    return (*sorted(codes), *sorted(words))
