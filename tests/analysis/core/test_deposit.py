"""What is deposited: every kind of table counted again by the script of the bundle, and who may have the records."""

import io
from functools import cache
from random import Random

import pandas as pd
import polars as pl
import pytest

from analysis.core.cube import count, join
from analysis.core.deposit.access import access_to
from analysis.core.deposit.columns import columns_of
from analysis.core.deposit.recipe import recipe_of
from analysis.core.deposit.records import records_of
from analysis.core.marks import spread
from analysis.core.national import with_national_intervals
from analysis.core.plan import load_plan
from analysis.core.quality import total_faults
from analysis.core.release.counting import Counting
from analysis.core.release.decisions import Decisions
from analysis.core.release.groups import Group
from analysis.core.release.participation import Frame
from analysis.core.release.tables import placed_tables
from analysis.core.shape import Population
from analysis.core.table import Table
from analysis.core.tabulate import whole_tables
from analysis.core.tidy import MEASURES, tidy_rows
from analysis.depositing.reproduce import Found, counted_figures, ranges
from analysis.outputs.tidy_csv import tidy_csv
from survey.schema.document import load

pytestmark = pytest.mark.pure

QUESTIONNAIRE = load("""\
questionnaire: every
title: Every kind
agencies:
  - {code: health, label: Health}
  - {code: police, label: Police}
scales:
  - code: agree
    options:
      - {code: agree, label: Agree, value: 1}
      - {code: neither, label: Neither, value: 2}
      - {code: disagree, label: Disagree, value: 3}
      - {code: dont_know, label: Don't know, kind: dont_know}
  - code: yesno
    options:
      - {code: "yes", label: "Yes", value: 1}
      - {code: "no", label: "No", value: 2}
sections:
  - code: A
    title: Everything
    questions:
      - {code: A1, kind: single_choice, wording: Are you sure?, scale: yesno}
      - {code: A2, kind: single_choice, wording: Do you agree?, scale: agree, shown_when: {item: A1, is: "yes"}}
      - code: A3
        kind: multiple_choice
        wording: Whom did you ask?
        shown_when: {item: A1, is: "yes"}
        options:
          - {value: 1, code: none, label: No one, exclusive: true}
          - {value: 2, code: director, label: The director}
          - {value: 12, code: partners, label: Partners}
          - {code: dont_know, label: Cannot say, kind: dont_know}
      - {code: B1, kind: rating_battery, wording: How good is it?, scale: agree}
      - code: C1
        kind: statement_battery
        wording: How far do you agree?
        scale: agree
        items:
          - {code: C1.1, label: It works}
          - {code: C1.2, label: It lasts}
""")
COLLAPSE = (
    "[{id: firm, label: Firm, options: [agree, disagree]}, {id: half, label: Half, options: [neither]}, "
    "{id: unsure, label: U, options: [dont_know]}]"
)
PLAN = load_plan(
    f"""\
title: Tables
unit: boards
source: A survey
breakdowns:
  - stratum: region
    label: region
    groups: [{{label: Upper, levels: [North]}}, {{label: Lower, levels: [South, West]}}]
tables:
  - {{id: regions, number: 1, title: T, kind: response_rate, stub: Region, stratum: region,
     rows: [{{id: n, label: N, value: North}}, {{id: s, label: S, value: South}}, {{id: w, label: W, value: West}}]}}
  - {{id: one, number: 2, title: T, kind: frequency, stub: Answer, item: A2}}
  - {{id: several, number: 3, title: T, kind: multiple, stub: Answer, item: A3}}
  - {{id: said, number: 4, title: T, kind: statements, stub: S, rows: [{{id: a, item: C1.1}}, {{id: b, item: C1.2}}]}}
  - {{id: rated, number: 5, title: T, kind: ratings, stub: R, panels: [{{id: p, label: P, question: B1}}],
     rows: [{{id: any, label: Any, options: [agree, neither, disagree]}}, {{id: u, label: U, options: [dont_know]}}],
     survey: {{id: now, label: Now}}}}
  - {{id: battery_by_region, number: 6, title: T, kind: cross, stub: R, question: C1, by: region, collapse: {COLLAPSE}}}
  - {{id: several_by_region, number: 7, title: T, kind: cross, stub: R, item: A3, by: region}}
  - {{id: several_by_item, number: 8, title: T, kind: cross, stub: R, item: A3, by: A1}}
  - {{id: battery_by_item, number: 9, title: T, kind: cross, stub: R, question: C1, by: A2}}
  - {{id: alone, number: 10, title: T, kind: cross, stub: R, item: A2, base: returned}}
  - {{id: alone_asked, number: 11, title: T, kind: cross, stub: R, item: A2, base: asked}}
  - {{id: alone_answered, number: 12, title: T, kind: cross, stub: R, item: A2, base: answered, collapse: {COLLAPSE}}}
  - {{id: several_answered, number: 13, title: T, kind: cross, stub: R, item: A3, base: answered}}
  - {{id: battery_asked, number: 14, title: T, kind: cross, stub: R, question: C1, base: asked}}
""",
    questionnaire=QUESTIONNAIRE,
    files={},
)
REGIONS = ("North", "South", "West", "")
GROUPS = (Group("region", "Upper", ("North",)), Group("region", "Lower", ("South", "West", "")))
POPULATION = Population(
    boards={"authority_type": {"County": 90}, "region": dict.fromkeys(REGIONS[:3], 30)},
    authorities={"authority_type": {"County": 93}, "region": dict.fromkeys(REGIONS[:3], 31)},
)


@cache
def answers() -> pl.DataFrame:
    """Whatever may be said by 80 returns, what routing closed among it."""
    random = Random(11)
    lines = []
    for _ in range(80):
        sure = random.choice([1, 1, 1, 2, -9, -6])
        agree = random.choice([1, 1, 2, 3, -8, -9, -6]) if sure == 1 else -7
        chosen = random.choice(["[1]", "[2]", "[2, 12]", "[12]", "-8", "-9", "-6"]) if sure == 1 else "-7"
        told = [random.choice([1, 2, 3, -8, -9, -6]) for _ in range(4)]
        lines.append(("County", random.choice(REGIONS), sure, agree, chosen, *told))
    names = ["authority_type", "region", "A1", "A2", "A3", "B1.health", "B1.police", "C1.1", "C1.2"]
    frame = pl.DataFrame(lines, schema=names, orient="row")
    return frame.with_columns(spread(QUESTIONNAIRE.items["A3"])).drop("A3")


@cache
def tables() -> tuple[Table, ...]:
    cube = join(count(answers(), questionnaire=QUESTIONNAIRE), answers(), pairs=PLAN.pairs)
    nothing_hidden = Decisions(10, GROUPS, tuple(spec.id for spec in PLAN.every_table), {}, {}, {}, {}, (), ())
    whole = whole_tables(cube, plan=PLAN, population=POPULATION)
    frame = Frame({("County", region): 30 for region in REGIONS[:3]})
    placed = placed_tables(whole, plan=PLAN, counting=Counting(cube), frame=frame, decisions=nothing_hidden)
    return with_national_intervals([each.table for each in placed])


def found_again() -> dict[str, Found]:
    """The figures that the script finds in the records, by table."""
    columns = columns_of(QUESTIONNAIRE, groups=GROUPS)
    recipe = recipe_of(tables(), plan=PLAN, groups=GROUPS, columns=columns).document()
    records = pd.DataFrame(records_of(answers(), columns=columns).to_dict(as_series=False))
    assert recipe["levels"] == {"regions": "region"}
    assert recipe["others"] == {}
    found = {table: counted_figures(records, lines) for table, lines in recipe["tables"].items()}
    told = pd.read_csv(io.StringIO(tidy_csv(tables())), dtype=str, keep_default_na=False)
    for table, figures in found.items():
        figures.update(ranges(told[told["table"] == table], figures, {90}))
    return found


def test_the_totals_of_every_kind_of_table_pass_the_check_before_publication() -> None:
    assert total_faults(tables()) == ()


def test_every_figure_of_every_kind_of_table_is_counted_again_from_the_records() -> None:
    found = found_again()
    rows = [row for row in tidy_rows(tables()) if row.table != "regions"]

    assert {row.table for row in rows} == found.keys()
    assert {row.measure for row in rows} == set(MEASURES)
    assert {"one-by-region", "several-by-region", "said-by-region", "rated-by-region"} < found.keys()
    wrong = {
        (row.table, row.row, row.column, row.measure, row.value, row.base): there
        for row in rows
        if row.value is not None
        and (there := found[row.table][row.row, row.column, row.measure]) != (row.value, row.base)
    }
    assert wrong == {}
    assert len(rows) > 500


def test_records_are_safeguarded_only_where_their_groups_together_leave_enough_boards() -> None:
    groups = (*GROUPS, Group("authority_type", "Counties", ("County",)), Group("authority_type", "Rest", ("Unitary",)))
    columns = columns_of(QUESTIONNAIRE, groups=groups)
    boards = {("County", "North"): 12, ("Unitary", "North"): 10, ("County", "South"): 6, ("County", "West"): 5}

    wide = access_to(columns, boards=boards, smallest=10)
    narrow = access_to(columns, boards={**boards, ("Unitary", "West"): 9}, smallest=10)

    assert (wide.level, wide.fewest) == ("safeguarded", 10)
    assert (narrow.level, narrow.fewest) == ("controlled", 9)
    assert "fewer than the 10" in narrow.why
