"""A small questionnaire and a plan with one table of each kind, for tests that need to see every cell."""

from collections.abc import Mapping, Sequence

import polars as pl

from analysis.core.cube import Cube, count
from analysis.core.marks import choices_of, mark_of
from analysis.core.plan import Plan, load_plan
from analysis.core.shape import Population
from survey.schema.document import NOT_ANSWERED, NOT_ASKED, REFUSED, Item, Option, Questionnaire, load

QUESTIONNAIRE = """\
questionnaire: small
title: A small survey
agencies:
  - {code: health, label: Health}
  - {code: police, label: Police}
scales:
  - code: quality
    options:
      - {code: very_good, label: Very good, value: 1}
      - {code: good, label: Good, value: 2}
      - {code: fair, label: Fair, value: 3}
      - {code: poor, label: Poor, value: 4}
      - {code: dont_know, label: Don't know, kind: dont_know}
  - code: agree
    options:
      - {code: agree, label: Agree, value: 1}
      - {code: neither, label: Neither agree nor disagree, value: 2}
      - {code: disagree, label: Disagree, value: 3}
sections:
  - code: A
    title: Everything
    questions:
      - {code: A1, kind: single_choice, wording: Do you agree?, scale: agree}
      - {code: A2, kind: open_text, wording: Why?}
      - code: B1
        kind: rating_battery
        wording: How good is their understanding?
        scale: quality
      - code: B2
        kind: rating_battery
        wording: How good is their trust?
        scale: quality
      - code: C1
        kind: statement_battery
        wording: How far do you agree?
        scale: agree
        items:
          - {code: C1.1, label: It works}
          - {code: C1.2, label: It lasts}
"""

PLAN = """\
title: Tables of a small survey
unit: boards
source: A small survey
comparators:
  - id: before
    label: Earlier survey
    column: Earlier
    file: before.csv
    base: 8
    who: directors
    when: two years earlier
    comparability: Other people were asked.
    notes:
      - {table: t2, erratum: E5, text: One figure looks wrong.}
published:
  file: printed.csv
  errata: errata.yaml
  returns: 4
tables:
  - id: t1
    number: 1
    title: Returns by region
    kind: response_rate
    stub: Region
    stratum: region
    rows:
      - {id: north, label: The North, value: North}
      - {id: south, label: The South, value: South}
  - id: t2
    number: 2
    title: Ratings
    kind: ratings
    chart: diverging
    stub: Rating
    survey: {id: now, label: Now}
    comparator: before
    panels:
      - {id: understanding, label: Understanding, question: B1}
      - {id: trust, label: Trust, question: B2}
    rows:
      - {id: good, label: Good, options: [very_good, good]}
      - {id: fair, label: Fair, options: [fair]}
      - {id: poor, label: Poor, options: [poor]}
      - {id: unknown, label: Don't know, options: [dont_know]}
    notes: [Very good counts as good.]
  - id: t3
    number: 3
    title: Agreement
    kind: frequency
    stub: Response
    item: A1
  - id: t4
    number: 4
    title: Statements
    kind: statements
    stub: Statement
    rows:
      - {id: S1, item: C1.1, panel: Good things}
      - {id: S2, item: C1.2, panel: Other things, label: It lasts long}
"""

FILES: Mapping[str, str] = {
    "before.csv": """\
source_table,aspect,agency,rating,percent,n
t2,understanding,health,good,63,8
t2,understanding,health,fair,25,8
t2,understanding,health,poor,13,8
t2,understanding,health,unknown,0,8
""",
    "printed.csv": """\
table,row,column,measure,value_as_printed,value_number
t3,agree,frequency,count,3,3
t3,agree,percentage,percent,75%,75
t3,total,percentage,percent,-,
t4,S1,agree,count,2 (51%),2
t4,S1,agree,percent,2 (51%),51
""",
    "errata.yaml": """\
errata:
  - id: E1
    cells: [{table: t4, row: S1, column: agree, measure: percent}]
    comment: 2 of 4 are 50%.
  - id: E2
    tables: [t4]
    comment: The rows are in another order.
""",
}

POPULATION = Population(
    boards={"region": {"North": 6, "South": 2}, "authority_type": {"County": 8}},
    authorities={"region": {"North": 7, "South": 2}, "authority_type": {"County": 9}},
)

MISSING = {"": NOT_ANSWERED, "refused": REFUSED, "not_asked": NOT_ASKED}


def small_questionnaire() -> Questionnaire:
    return load(QUESTIONNAIRE)


def small_plan(text: str = PLAN, **files: str) -> Plan:
    return load_plan(text, questionnaire=small_questionnaire(), files={**FILES, **files})


def frame_of(rows: Sequence[Mapping[str, str]], *, questionnaire: Questionnaire) -> pl.DataFrame:
    """Return the frame of an extract for returns given as option codes; what a row leaves out was not answered."""
    columns = [pl.Series(name, [row.get(name, "") for row in rows], dtype=pl.String) for name in STRATA]
    for code, item in questionnaire.items.items():
        if item.kind == "closed" and item.scale is not None:
            values = MISSING | {option.code: option.value for option in item.scale.options}
            columns.append(pl.Series(code, [values[row.get(code, "")] for row in rows], dtype=pl.Int8))
        if item.kind == "multiple":
            columns += (_mark(item, option, [row.get(code, "") for row in rows]) for option in choices_of(item))
    return pl.DataFrame(columns)


STRATA = ("authority_type", "region")


def _mark(item: Item, option: Option, answers: Sequence[str]) -> pl.Series:
    """Answers are option codes with semicolons between them, or a word for none."""
    marks = [MISSING.get(answer, int(option.code in answer.split(";"))) for answer in answers]
    return pl.Series(mark_of(item, option), marks, dtype=pl.Int8)


def cube_of(rows: Sequence[Mapping[str, str]], *, questionnaire: Questionnaire) -> Cube:
    return count(frame_of(rows, questionnaire=questionnaire), questionnaire=questionnaire)
