"""Tables on the returns that gave an answer other than don't know, and the table of outcomes."""

from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest
from scipy.stats import hypergeom

from analysis.core.companions import companion, with_companions
from analysis.core.outcomes import Outcomes, outcomes_table, with_outcomes
from analysis.core.plan import Plan, load_plan
from analysis.core.quality import base_faults, companion_faults, outcome_faults, total_faults
from analysis.core.release.counting import Counting
from analysis.core.release.deciding import decide
from analysis.core.release.decisions import BY_DECISION, Choices, Decisions
from analysis.core.release.participation import Frame
from analysis.core.release.questions import questions_of
from analysis.core.release.tables import placed_tables
from analysis.core.table import Cell, Table
from analysis.core.tabulate import count
from analysis.outputs.charts_svg import charts_of
from survey.schema.source import DocumentError
from tests.golden import published
from tests.golden.published import example

pytestmark = pytest.mark.pure

HEALTH = "quality_of_referral_information.good"


@cache
def every() -> dict[str, Table]:
    made = with_companions(published.tables(), plan=published.plan(), boards=148)
    return {table.id: table for table in made}


def planned(words: str, *, table: str) -> Plan:
    files = {path.name: path.read_text(encoding="utf-8") for path in (published.ROOT / "analysis/plans").iterdir()}
    text = files["munro_2012.yaml"].replace(f"  - id: {table}\n", f"  - id: {table}\n    {words}\n")
    return load_plan(text, questionnaire=published.questionnaire(), files=files)


def test_w57_good_is_53_per_cent_of_all_and_64_without_dont_know() -> None:
    given, expected = example("W57")
    table, without = every()["table_3"], every()["table_3-answered"]
    for column, counts, year in (("health.munro", given["counts_2012"], 2012), ("health.laming", None, 2010)):
        assert table.cell(HEALTH, column).percent == expected[f"good_all_{year}"]
        assert without.cell(HEALTH, column).percent == expected[f"good_excl_dk_{year}"]
        if counts:
            good, *others, unknown = counts
            assert without.cell(HEALTH, column).count == good
            assert without.cell(HEALTH, column).base == good + sum(others)
            assert without.cell("quality_of_referral_information.dont_know", column).count == unknown


def test_only_tables_that_offered_dont_know_have_a_companion_and_both_say_so() -> None:
    companions = [table for table in every().values() if table.companion_of]
    assert [(table.name, table.companion_of) for table in companions] == [
        ("Table 3a", "table_3"),
        ("Table 4a", "table_4"),
    ]
    assert "Table 3a" in " ".join(every()["table_3"].notes)
    assert (
        companions[0].base_note == "Returns that gave an answer other than don’t know (N = 44 to 51, by item, of 57)."
    )
    for parent, table in zip(published.tables(), (every()[each.id] for each in published.tables()), strict=True):
        assert table.cells == parent.cells  # what the paper has stays as it is


def test_every_share_of_both_companions_follows_from_the_returns() -> None:
    """Counted anew from the invented returns, without the cube."""
    frame, items = published.frame(), published.questionnaire().items
    for spec in published.plan().specs:
        for question in questions_of(spec, plan=published.plan()) if f"{spec.id}-answered" in every() else ():
            panel, _, agency = question.id.partition(".")
            given = [value for value in frame[question.item] if value > 0]  # don't know and silence are negative codes
            assert items[question.item].scale is not None
            for part in question.parts:
                cell = every()[f"{spec.id}-answered"].cell(f"{panel}.{part.id}", f"{agency}.munro")
                number = sum(value in part.answer.codes for value in frame[question.item])
                share = Fraction(100 * number, len(given)) + Fraction(1, 2)
                assert (cell.count, cell.percent) == (number, None if part.apart else int(share))


def test_what_is_told_of_the_other_survey_names_its_own_bases_and_is_not_drawn_again() -> None:
    without = every()["table_3-answered"]
    assert any("(N = 36 to 41, by item)" in note for note in without.notes)
    assert charts_of(without, None) == ()


def test_intervals_are_those_of_the_answered_base() -> None:
    """Against scipy's hypergeometric distribution."""
    cell = every()["table_3-answered"].cell(HEALTH, "health.munro")
    inside = [
        number
        for number in range(30, 148 - 17 + 1)
        if hypergeom.sf(29, 148, number, 47) > 0.025 and hypergeom.cdf(30, 148, number, 47) > 0.025
    ]
    assert cell.interval is not None
    assert (cell.interval.low_count, cell.interval.high_count) == (min(inside), max(inside))


def test_where_no_single_count_fits_the_other_survey_has_no_share() -> None:
    without, panel = every()["table_3-answered"], "understanding_of_referral_process"
    cells = [without.cell(f"{panel}.{rating}", "youth_services.laming") for rating in ("good", "reasonable", "poor")]
    assert [(cell.percent, cell.marker) for cell in cells] == [(None, "[x]")] * 3


def test_what_is_withheld_in_a_table_is_not_told_by_its_companion() -> None:
    table = published.tables()[2]
    hidden = {**table.cells, (HEALTH, "health.munro"): Cell(marker="[c]")}
    found = companion(replace(table, cells=hidden), boards=148)
    series = [found.cell(row.id, "health.munro") for row in found.rows if row.panel.startswith("Quality")]
    assert all(cell.count is None or cell.base is None for cell in series)
    assert {cell.marker for cell in series if cell.count is None} == {"[c]"}


def test_the_quality_checks_see_a_count_and_a_base_that_are_not_those_of_the_table() -> None:
    tables = tuple(every().values())
    assert (total_faults(tables), base_faults(tables), companion_faults(tables)) == ((), (), ())
    without = every()["table_3-answered"]
    for wrong, words in ((Cell(29, 47, 62), "29 here and 30"), (Cell(30, 48, 63), "its base is not that")):
        changed = replace(without, cells={**without.cells, (HEALTH, "health.munro"): wrong})
        assert any(words in each for each in companion_faults((*tables, changed)))
    assert companion_faults([without]) == ("Table 3a stands without the table whose counts it has.",)


@pytest.mark.parametrize(
    ("words", "table", "expected"),
    [
        ("bases: one", "table_3", {"table_4"}),
        ("bases: both", "table_8", {"table_3", "table_4", "table_8"}),
    ],
)
def test_a_plan_refuses_or_asks_in_one_word(words: str, table: str, expected: set[str]) -> None:
    made = with_companions(published.tables(), plan=planned(words, table=table), boards=148)
    assert {each.companion_of for each in made if each.companion_of} == expected


def test_w08_early_help_on_the_answered_base_and_a_word_that_is_none_of_the_two() -> None:
    _, expected = example("W08")
    made = with_companions(published.tables(), plan=planned("bases: both", table="table_8"), boards=148)
    row = next(each for each in made if each.id == "table_8-answered")
    cells = [row.cell("T8-2", column) for column in ("strongly_agree", "agree")]
    total = sum(cell.count or 0 for cell in cells)
    assert (100 * total + 27) // 55 == expected["base55"]
    assert row.cell("T8-2", "total").count == cells[0].base == 55
    assert [(each.id, each.measures) for each in row.columns[-2:]] == [
        ("total", ("count", "percent")),
        ("not_specified", ("count",)),
    ]
    assert (total_faults(made), companion_faults(made)) == ((), ())
    with pytest.raises(DocumentError):
        planned("bases: answered", table="table_8")


def decided(plan: Plan, *, left_out: frozenset[str] = frozenset(), few: bool = False) -> tuple[Decisions, list[str]]:
    """A release of tables without breakdowns; where few know the answer, thirty returns more say they do not."""
    cube = count(published.frame(), questionnaire=published.questionnaire())
    boards = {("Unitary", "London"): 29 if few else 148}
    frame = Frame(boards)
    made = decide(cube, plan=replace(plan, breakdowns=()), frame=frame, extract="d", choices=Choices(left_out=left_out))
    whole = with_outcomes(published.tables(), [outcomes_table(OF_W02, source="s")])
    placed = placed_tables(whole, plan=plan, counting=Counting(cube), frame=frame, decisions=made)
    return made, [each.table.id for each in placed if "-by-" not in each.table.id]


OF_W02 = Outcomes({"complete": 50, "partial": 7, "refusal": 3, "never_opened": 86, "opened_only": 2}, 50, 80)


def test_companions_and_outcomes_leave_with_their_tables_or_are_left_out_with_the_reason() -> None:
    _, whole = decided(published.plan())
    assert whole[:6] == ["table_1", "table_2", "outcomes", "table_3", "table_3-answered", "table_4"]
    made, fewer = decided(published.plan(), left_out=frozenset({"table_3-answered", "outcomes", "table_4"}))
    assert not {"table_3-answered", "outcomes", "table_4-answered"} & set(fewer)
    assert made.left_out["table_3-answered"] == made.left_out["outcomes"] == BY_DECISION
    made, fewest = decided(published.plan(), few=True)
    assert "outcomes" not in fewest
    assert "29" in made.left_out["outcomes"]


def test_w02_rr1_and_rr2_stand_in_a_table_with_their_counts_and_base() -> None:
    _, expected = example("W02")
    table = outcomes_table(OF_W02, source="s")
    for row in ("rr1", "rr2"):
        cell = table.cell(row, "share")
        assert (cell.base, cell.percent) == (148, expected[f"{row.upper()}_pct"])
        assert round((cell.count or 0) / 148, 6) == expected[row.upper()]
    assert (total_faults([table]), base_faults([table])) == ((), ())
    assert outcome_faults([table, published.tables()[0]]) == ()
    assert not any("name no board" in note for note in table.notes)
    some = outcomes_table(replace(OF_W02, unnamed=6), source="s")
    assert any("6 returns name no board, and so they have no outcome" in note for note in some.notes)
    fewer = outcomes_table(replace(OF_W02, counts={**OF_W02.counts, "refusal": 2, "duplicate": 1}), source="s")
    assert fewer.cell("duplicate", "share").marker == "[z]"
    assert outcome_faults([fewer, published.tables()[0]]) == (
        "Table 1 is of 148 eligible boards, and the outcomes are of 147.",
    )
