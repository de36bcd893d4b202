"""A multiple choice by another item in a release, against a count with plain Python."""

import json
from random import Random

import polars as pl
import pytest

from analysis.core.cube import Cube, count, join
from analysis.core.marks import spread
from analysis.core.multiple import SEVERAL
from analysis.core.plan import load_plan
from analysis.core.quality import total_faults
from analysis.core.release.counting import Counting
from analysis.core.release.deciding import decide
from analysis.core.release.decisions import Choices
from analysis.core.release.participation import Frame
from analysis.core.release.tables import placed_tables
from analysis.core.tabulate import whole_tables
from survey.schema.document import NOT_ANSWERED, load
from tests.analysis.core.examples import POPULATION

pytestmark = pytest.mark.pure

QUESTIONNAIRE = load("""\
questionnaire: several
title: Several answers
scales:
  - code: yesno
    options:
      - {code: "yes", label: "Yes", value: 1}
      - {code: "no", label: "No", value: 2}
sections:
  - code: A
    title: Everything
    questions:
      - code: A1
        kind: multiple_choice
        wording: Whom did you consult?
        options:
          - {value: 1, code: none, label: No one, exclusive: true}
          - {value: 2, code: director, label: The director}
          - {value: 12, code: partners, label: Partners}
      - {code: B1, kind: single_choice, wording: Are you sure?, scale: yesno}
""")
PLAN = load_plan(
    """\
title: Tables
unit: boards
source: A survey
tables:
  - {id: t1, number: 1, title: Consulted by sure, kind: cross, chart: dots, stub: Sure, item: A1, by: B1}
""",
    questionnaire=QUESTIONNAIRE,
    files={},
)
MANY = 45


def answers() -> list[tuple[list[int] | int, int]]:
    """What each return says to both."""
    random = Random(3)
    whom: list[list[int] | int] = [[1], *([2], [2, 12], [12]) * 4, NOT_ANSWERED]
    return [(random.choice(whom), random.choice([1, 1, 2])) for _ in range(MANY)]


def cube() -> Cube:
    said = answers()
    written = pl.Series("A1", [json.dumps(one) for one, _ in said], dtype=pl.String)
    marks = pl.DataFrame([written]).select(*spread(QUESTIONNAIRE.items["A1"]))
    places = pl.Series("region", ["North"] * MANY, dtype=pl.String)
    sure = pl.Series("B1", [other for _, other in said], dtype=pl.Int8)
    frame = marks.with_columns(places, places.alias("authority_type"), sure)
    return join(count(frame, questionnaire=QUESTIONNAIRE), frame, pairs=PLAN.pairs)


def test_a_multiple_choice_by_an_item_leaves_with_its_small_counts_hidden() -> None:
    counted = cube()
    frame = Frame({("North", "North"): 90})
    decisions = decide(counted, plan=PLAN, frame=frame, extract="d", choices=Choices())
    assert decisions.is_safe
    whole = whole_tables(counted, plan=PLAN, population=POPULATION)
    (placed,) = placed_tables(whole, plan=PLAN, counting=Counting(counted), frame=frame, decisions=decisions)
    told = {"none": 1, "director": 2, "partners": 12}
    small = set()
    for row, value in (("yes", 1), ("no", 2)):
        for column, option in told.items():
            by_hand = sum(isinstance(one, list) and option in one and other == value for one, other in answers())
            assert placed.table.cell(row, column).count == by_hand
            small |= {(row, column)} if by_hand in {1, 2} else set()
    assert placed.table.overlaps
    assert SEVERAL in placed.table.notes
    assert total_faults([placed.table]) == ()  # answers overlap, so they add to no total
    hidden = placed.hidden(decisions)
    assert small
    assert small <= hidden.keys()
    for row, column in small:  # the other row, or it could be worked out from all returns
        other = "no" if row == "yes" else "yes"
        assert (other, column) in hidden
