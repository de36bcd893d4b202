"""Tables of a multiple choice against a count with plain Python: parts overlap, and the base is who was asked."""

import json
from collections.abc import Sequence

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.core.cube import STRATA, Cube, breakdown, count
from analysis.core.marks import spread
from analysis.core.plan import Plan, load_plan
from analysis.core.table import Table
from analysis.core.tabulate import tabulate_plan
from survey.schema.document import DONT_KNOW, NOT_ANSWERED, NOT_ASKED, REFUSED, load
from survey.schema.source import DocumentError
from tests.analysis.core.examples import POPULATION
from tests.analysis.core.reckoning import half_up

pytestmark = pytest.mark.pure

QUESTIONNAIRE = load("""\
questionnaire: several
title: Several answers
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
          - {code: dont_know, label: Don't know, kind: dont_know}
      - {code: A2, kind: open_text, wording: Why?}
""")
PLAN = """\
title: Tables
unit: boards
source: A survey
tables:
  - {id: t1, number: 1, title: Consulted, kind: multiple, chart: choices, stub: Whom, item: A1}
"""
FURTHER = (
    PLAN.replace("tables:", "further:")
    + """\
tables:
  - id: t2
    number: 2
    title: Returns
    kind: response_rate
    stub: Region
    stratum: region
    rows:
      - {id: north, label: North, value: North}
      - {id: south, label: South, value: South}
"""
)
VALUES = {"none": 1, "director": 2, "partners": 12}
Answer = int | list[int]
ANSWERS = st.one_of(
    st.sampled_from([NOT_ANSWERED, NOT_ASKED, REFUSED, DONT_KNOW, [1]]),
    st.lists(st.sampled_from([2, 12]), min_size=1, max_size=2, unique=True).map(sorted),
)


def cube_of(answers: Sequence[Answer], *, spaced: bool = True) -> Cube:
    """Return the cube of answers as they are stored: JSON with or without spaces."""
    separators = (", ", ": ") if spaced else (",", ":")
    written = pl.Series("A1", [json.dumps(one, separators=separators) for one in answers], dtype=pl.String)
    regions = pl.Series("region", ["North"] * len(answers), dtype=pl.String)
    marks = pl.DataFrame([written]).select(*spread(QUESTIONNAIRE.items["A1"]))
    frame = marks.with_columns(regions, regions.alias("authority_type"))
    return count(frame, questionnaire=QUESTIONNAIRE, strata=STRATA)


def plan_of(text: str) -> Plan:
    return load_plan(text, questionnaire=QUESTIONNAIRE, files={})


def table_of(answers: Sequence[Answer], *, spaced: bool = True) -> Table:
    (table,) = tabulate_plan(cube_of(answers, spaced=spaced), plan=plan_of(PLAN), population=POPULATION)
    return table


@given(answers=st.lists(ANSWERS, max_size=30), spaced=st.booleans())
def test_every_figure_agrees_with_a_count_by_hand(answers: list[Answer], spaced: bool) -> None:
    table = table_of(answers, spaced=spaced)
    asked = [answer for answer in answers if answer != NOT_ASKED]
    expected = {
        code: sum(value in answer for answer in asked if isinstance(answer, list)) for code, value in VALUES.items()
    }
    expected["dont_know"] = asked.count(DONT_KNOW)
    expected["not_specified"] = asked.count(NOT_ANSWERED) + asked.count(REFUSED)
    expected["total"] = len(asked)
    found = {row.id: table.cell(row.id, "frequency").count for row in table.rows}
    shares = {row.id: table.cell(row.id, "percentage").percent for row in table.rows}
    assert found == expected
    assert shares == {row: half_up(number, len(asked)) for row, number in expected.items()}


def test_the_base_names_who_was_asked_and_who_answered() -> None:
    assert table_of([[2], [2, 12], NOT_ANSWERED]).base_note == "All returns (N = 3), of which 2 answered."
    some = table_of([[2], [2, 12], REFUSED, NOT_ASKED])
    assert some.base_note == "Returns that were asked (N = 3), of which 2 answered."


def test_a_note_says_that_percentages_do_not_add_to_100() -> None:
    expected = "Respondents could choose more than one answer, so percentages do not add to 100."
    assert table_of([[2, 12]]).notes[0] == expected


def test_each_option_can_be_broken_down_by_a_stratum() -> None:
    assert breakdown(cube_of([[2, 12], [1], NOT_ASKED]), "A1:director", by="region") == {
        "North": {1: 1, 0: 1, NOT_ASKED: 1}
    }


def test_a_further_table_is_shown_once_somebody_answered() -> None:
    def ids(answers: Sequence[Answer]) -> list[str]:
        tables = tabulate_plan(cube_of(answers), plan=plan_of(FURTHER), population=POPULATION)
        return [table.id for table in tables]

    assert ids([NOT_ANSWERED, REFUSED, NOT_ASKED]) == ["t2"]
    assert ids([NOT_ANSWERED, [1]]) == ["t2", "t1"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PLAN.replace("item: A1", "item: A2"), "The item A2 is no multiple choice."),
        (PLAN.replace("item: A1", "item: A9"), "The questionnaire has no item A9."),
        (FURTHER.replace("id: t2", "id: t1"), "The id t1 is used twice."),
        (PLAN.replace("kind: multiple", "kind: frequency"), "The item A1 has no scale to tabulate."),
    ],
)
def test_a_plan_with_the_wrong_item_is_refused(text: str, said: str) -> None:
    with pytest.raises(DocumentError) as refused:
        plan_of(text)
    assert said in [problem.message for problem in refused.value.problems]
