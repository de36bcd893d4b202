"""Copies of single tables are held against each other: no two of them tell what one of them hid."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import numpy as np
import pytest
from scipy.optimize import linprog

from analysis.core.cross import Cross
from analysis.core.cross_counts import pairs_of
from analysis.core.cross_protection import protected
from analysis.core.cube import Cube, count, join
from analysis.core.plan_document import CrossSpec, Rating, StratumRow
from analysis.core.release.beside import faults, hidden_beside
from analysis.core.release.copies import Copy, copies_of, places_of, read, written
from analysis.core.release.counting import Counting
from analysis.core.release.crossed import both
from analysis.core.release.known import without_rows
from analysis.core.release.questions import Answer
from analysis.core.shape import TOTAL_ID, Population
from analysis.core.table import Table
from analysis.core.tabulate import tabulate
from survey.schema.document import load
from tests.analysis.core.examples import frame_of, small_plan

pytestmark = pytest.mark.pure

OPTIONS = ("sa", "a", "n", "d", "sd", "dont_know")
QUESTIONNAIRE = load("""\
questionnaire: copies
title: Copies
scales:
  - code: agree
    options:
      - {code: sa, label: Strongly agree, value: 1}
      - {code: a, label: Agree, value: 2}
      - {code: n, label: Neither, value: 3}
      - {code: d, label: Disagree, value: 4}
      - {code: sd, label: Strongly disagree, value: 5}
      - {code: dont_know, label: Cannot say, kind: dont_know}
sections:
  - code: Q
    title: All
    questions:
      - {code: Q1, kind: single_choice, wording: One?, scale: agree}
      - {code: Q2, kind: single_choice, wording: Two?, scale: agree}
""")
SEEDS = 2
REGIONS = ("East", "North", "South")
NOBODY: dict[str, dict[str, int]] = {"region": {}, "authority_type": {}}
LEVELS = tuple(StratumRow(id=name.lower(), label=name, value=name) for name in REGIONS)
COLLAPSED = (
    Rating(id="agree", label="Agree", options=("sa", "a")),
    Rating(id="n", label="Neither", options=("n",)),
    Rating(id="disagree", label="Disagree", options=("d", "sd")),
    Rating(id="dont_know", label="Cannot say", options=("dont_know",)),
)
FULL = CrossSpec(id="x", number=1, title="X", stub="Region", kind="cross", item="Q1", by="region", rows=LEVELS)
CODES = {code: place for place, code in enumerate(OPTIONS[:5], start=1)} | {"dont_know": -8, "": -9}
SPECS = (
    FULL,
    FULL.model_copy(update={"collapse": COLLAPSED}),
    FULL.model_copy(update={"base": "answered"}),
    FULL.model_copy(update={"collapse": COLLAPSED, "base": "answered"}),
)


def cube_of(rows: list[dict[str, str]], *specs: CrossSpec) -> Cube:
    frame = frame_of(rows, questionnaire=QUESTIONNAIRE)
    cube = count(frame, questionnaire=QUESTIONNAIRE)
    return join(cube, frame, pairs=pairs_of(specs or SPECS, QUESTIONNAIRE))


def random_rows(seed: int) -> list[dict[str, str]]:
    random, answers = Random(seed), list(CODES)
    weights = [random.choice((0.3, 1, 5)) for _ in answers]
    one, two = (random.choices(answers, weights, k=60) for _ in range(2))
    return [
        {"authority_type": "County", "region": random.choice(REGIONS), "Q1": first, "Q2": second}
        for first, second in zip(one, two, strict=True)
    ]


def table_of(spec: CrossSpec, cube: Cube) -> Table:
    plan = replace(small_plan(), questionnaire=QUESTIONNAIRE)
    return tabulate(cube, population=Population(NOBODY, NOBODY), spec=spec, plan=plan)


def taken(specs: Sequence[CrossSpec], cube: Cube, *, is_held: bool = True) -> list[tuple[CrossSpec, Table]]:
    """These tables, taken one after the other, as they leave."""
    before: list[Copy] = []
    left = []
    for spec in specs:
        cross, table = Cross(spec, QUESTIONNAIRE), table_of(spec, cube)
        safe = protected(table)
        if is_held:
            safe = held(cross, table, safe, before, cube)
        before += copies_of(cross, safe, cube)
        left.append((spec, safe))
    return left


def held(cross: Cross, table: Table, safe: Table, before: Sequence[Copy], cube: Cube) -> Table:
    (copy,), (item,) = copies_of(cross, safe, cube), cross.items
    hidden = hidden_beside(copy, before=before, counting=Counting(cube), item=item)
    places = {place for place, told in places_of(cross, item).items() if copy.named(*told) in hidden}
    return without_rows(protected(table, also=places), {row for row, column in places if column == TOTAL_ID})


class Intruder:
    """Knows sums of the counts of each answer in each region, and nothing of how the product decides."""

    def __init__(self, rows: list[dict[str, str]]) -> None:
        self.atoms = [(region, code) for region in REGIONS for code in CODES]
        self.truth = {atom: sum((row["region"], row["Q1"]) == atom for row in rows) for atom in self.atoms}
        self.left: list[list[float]] = []
        self.right: list[int] = []
        for region in REGIONS:
            self.knows(sum(self.truth[region, code] for code in CODES), [region], list(CODES))

    def knows(self, total: int | None, regions: Sequence[str], codes: Sequence[str]) -> None:
        if total is not None:
            self.left.append([float(region in regions and code in codes) for region, code in self.atoms])
            self.right.append(total)

    def reads(self, spec: CrossSpec, table: Table) -> None:
        columns = {part.id: tuple(part.options) for part in spec.collapse} or {code: (code,) for code in OPTIONS}
        columns |= {"not_answered": ("",), "total": tuple(CODES) if spec.base == "returned" else OPTIONS[:5]}
        for row in table.rows:
            regions = REGIONS if row.total else [each for each in REGIONS if each.lower() == row.id]
            for column, codes in columns.items():
                if regions:
                    self.knows(table.cell(row.id, column).count, regions, codes)

    def deduces(self, goal: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> float:
        return float(linprog(goal, A_eq=self.left, b_eq=self.right).fun or 0)

    @property
    def learns(self) -> set[tuple[str, str]]:
        """The counts of one or two boards that he knows better than he may."""
        found = set()
        for place, (region, code) in enumerate(self.atoms):
            count, goal = self.truth[region, code], np.eye(len(self.atoms))[place]
            national = sum(self.truth[each, code] for each in REGIONS)
            if count in (1, 2):
                low, high = self.deduces(goal), -self.deduces(-goal)
                if high - low < min(3, national) - 1e-6:
                    found.add((region, code))
        return found


def lost(specs: Sequence[CrossSpec], rows: list[dict[str, str]], *, is_held: bool) -> set[tuple[str, str]]:
    """What all these tables tell together, and no one of them alone."""
    together = Intruder(rows)
    alone: set[tuple[str, str]] = set()
    for spec, table in taken(specs, cube_of(rows), is_held=is_held):
        one = Intruder(rows)
        one.reads(spec, table)
        alone |= one.learns
        together.reads(spec, table)
    return together.learns - alone


def test_tables_that_tell_of_each_other_tell_nothing_once_they_are_held_together() -> None:
    orders = [(SPECS[1], SPECS[0]), (SPECS[2], SPECS[1], SPECS[0])]
    every = [(seed, order) for seed in range(SEEDS) for order in orders]

    apart = [lost(order, random_rows(seed), is_held=False) for seed, order in every]
    together = [lost(order, random_rows(seed), is_held=True) for seed, order in every]

    assert sum(map(bool, apart)) >= 2  # or this test would show nothing
    assert [each for each in together if each] == []


def test_the_same_table_again_hides_the_same() -> None:
    first, again = taken([SPECS[0], SPECS[0]], cube_of(random_rows(3)))

    assert first[1].cells == again[1].cells


def copy_of(spec: CrossSpec, rows: list[dict[str, str]]) -> Copy:
    cube, cross = cube_of(rows, spec), Cross(spec, QUESTIONNAIRE)
    (found,) = copies_of(cross, protected(table_of(spec, cube)), cube)
    return read(written(found), name="the copy of yesterday")


def test_other_answers_are_refused_where_a_few_boards_could_be_told_from_them() -> None:
    rows = random_rows(1)
    before = [copy_of(SPECS[0], rows)]
    by_item = FULL.model_copy(update={"by": "Q2", "rows": ()})

    def said(spec: CrossSpec, rows: list[dict[str, str]]) -> str:
        return " ".join(faults([copy_of(spec, rows)], before=before))

    assert said(SPECS[0], rows) == ""
    assert "England has 58 returns here, and had 60 in the copy of yesterday: what 2 boards" in said(SPECS[1], rows[2:])
    assert "what 2 boards answered could be worked out" in said(by_item, rows[2:])
    assert "Answers were changed since the copy of yesterday" in said(SPECS[0], [rows[0] | {"Q1": "sd"}, *rows[1:]])
    assert said(FULL.model_copy(update={"item": "Q2"}), [rows[0] | {"Q1": "sd"}, *rows[1:]]) == ""
    assert said(SPECS[0], rows * 2) == ""


def test_two_items_by_groups_and_by_each_other_close_a_ring() -> None:
    rows = random_rows(1)
    before = [copy_of(FULL, rows), copy_of(FULL.model_copy(update={"item": "Q2"}), rows)]
    crossed = copy_of(FULL.model_copy(update={"by": "Q2", "rows": ()}), rows)

    assert list(faults([crossed], before=before[:1])) == []
    assert "these tables would tell of each other" in " ".join(faults([crossed], before=before))


def test_a_pair_of_items_is_one_system_whichever_stands_in_the_rows() -> None:
    one = FULL.model_copy(update={"by": "Q2", "rows": ()})
    turned = FULL.model_copy(update={"item": "Q2", "by": "Q1", "rows": ()})
    cube = cube_of(random_rows(5), one, turned)

    first, second = (
        copies_of(Cross(spec, QUESTIONNAIRE), table, cube)[0] for spec, table in taken([one, turned], cube)
    )

    shared = first.every & second.every
    assert shared
    small = {name for name in first.hidden & shared if name in few(cube)}
    assert small
    assert small <= second.hidden


def few(cube: Cube) -> set[str]:
    """The names of the joint counts of one or two boards."""
    counting, codes = Counting(cube), list(CODES.values())
    pairs = [(Answer("Q1", (one,)), Answer("Q2", (other,))) for one in codes for other in codes]
    return {both(one, other) for one, other in pairs if counting.together(one, other) in (1, 2)}
