"""Boards per code as a table: two named bases, words for few, nothing where coders agree too little."""

import json
from dataclasses import replace

import pytest

from analysis.core.agreement import Publication
from analysis.core.coded import Coded, CodedBases, CodedRow, coded_table
from analysis.core.plan import load_plan
from analysis.core.plan_document import CodedSpec
from analysis.core.table import Cell
from analysis.disclosing.codings import kept_codings, read_codings
from survey.schema.document import load
from survey.schema.source import DocumentError
from tests.builders import MUNRO

pytestmark = pytest.mark.pure

SPEC = CodedSpec(id="t", number=1, title="T", stub="Code", item="F1.details")
PLAN_WITH_CODES = """
title: P
unit: boards
source: S
tables: [{id: one, number: 1, title: T, stub: S, kind: frequency, item: C1}]
coded: [{id: t, number: 2, title: T, stub: S, item: F1.details}]
"""
BASES = CodedBases(answered=34, submitted=57, boards=148, unsettled=2)
ROWS = (
    CodedRow("a", "Supervision", 18, Publication.COUNT),
    CodedRow("b", "Learning sets", 4, Publication.WORDS),
    CodedRow("c", "Culture", 12, Publication.NOTHING),
    CodedRow("d", "Money", 20, Publication.UNRELIABLE),
    CodedRow("e", "Weather", 0, Publication.WORDS),
)


def test_counts_stand_on_two_bases_and_what_may_not_be_printed_is_not() -> None:
    table = coded_table(SPEC, ROWS, bases=BASES, source="Here")

    assert [row.id for row in table.rows] == ["a", "b", "c", "d"]
    assert table.cell("a", "submitted") == Cell(18, 57, 32)
    assert (table.cell("a", "answered").count, table.cell("a", "answered").percent) == (18, 53)
    assert {table.cell(row, "boards") for row in "bc"} == {Cell(marker="[x]")}
    assert table.cell("d", "submitted") == Cell(20, 57, 35, marker="[u]")
    notes = " ".join(table.notes)
    assert "fewer than 5: Learning sets." in notes
    assert "alpha below 0.667): Culture." in notes
    assert "not decided: 2." in notes
    assert "add up to nothing" in notes
    assert "N = 34" in table.base_note


def test_a_table_says_how_many_answers_two_people_coded() -> None:
    bases = replace(BASES, answered=150, twice=30, once=118)
    told = " ".join(coded_table(SPEC, ROWS, bases=bases, source="Here").notes)
    assert "Two people coded 30 of 150 answers on their own; where they differed" in told
    assert "118 were coded by one person alone." in told
    assert "one person" not in " ".join(coded_table(SPEC, ROWS, bases=BASES, source="Here").notes)


def test_what_a_table_of_codes_is_made_from_can_be_kept_and_read() -> None:
    coded = Coded(SPEC, ROWS, BASES)
    loaded = load_plan(PLAN_WITH_CODES, questionnaire=load(MUNRO.read_text("utf-8")), files={})
    kept = json.loads(json.dumps(kept_codings([coded])))
    (again,) = read_codings(kept, plan=loaded)
    assert (again.rows, again.bases, again.spec) == (ROWS, BASES, loaded.coded[0])
    assert list(read_codings([{"table": "gone"}], plan=loaded)) == []


def test_a_plan_names_only_items_that_are_answered_in_words() -> None:
    plan = """
title: P
unit: boards
source: S
tables: [{id: one, number: 1, title: T, stub: S, kind: frequency, item: C1}]
coded:
  - {id: one, number: 1, title: T, stub: S, item: G1}
  - {id: two, number: 2, title: T, stub: S, item: C1}
  - {id: three, number: 3, title: T, stub: S, item: G9}
"""
    with pytest.raises(DocumentError) as error:
        load_plan(plan, questionnaire=load(MUNRO.read_text("utf-8")), files={})
    assert sorted(problem.id for problem in error.value.problems) == ["P001", "P002", "P005", "P050"]
