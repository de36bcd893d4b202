"""Another survey beside ours: joined at its places, tested as two samples, never where a count is not certain."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.core.bars import items_of
from analysis.core.beside import OtherFigure, OtherSurvey, of_plan, others_in, recovered, stand_beside
from analysis.core.beside_pairs import compare_with, pairs_of
from analysis.core.table import Cell, Table
from analysis.core.two_surveys import benjamini_hochberg, holm
from tests.analysis.core.families import closed_test, false_discoveries
from tests.analysis.outputs.examples import frequency, ratings, statements
from tests.golden.published import example, plan, tables

pytestmark = pytest.mark.pure


def other(figures: dict[tuple[str, str, str], tuple[int, int]]) -> OtherSurvey:
    """A survey with these percentages on these bases."""
    read = {
        place: OtherFigure(percent, base, recovered(percent, base=base)) for place, (percent, base) in figures.items()
    }
    return OtherSurvey("then", "Earlier poll", "2009", "directors", "2009", "", "Bulletin", "Not a trend.", read)


def beside(table: Table, figures: dict[tuple[str, str], tuple[int, int]]) -> Table:
    return stand_beside(table, other({(table.id, *place): figure for place, figure in figures.items()}))


def test_w36_the_plan_s_comparator_is_one_family_of_35_of_which_12_and_after_holm_2_are_below_five_percent() -> None:
    inputs, expected = example("W36")
    found = compare_with(of_plan(plan().comparators["laming"], specs=plan().specs), tables=tables())

    p_values = [line.difference.p for line in found.lines if line.difference]
    differing = [place for place, p in enumerate(p_values) if p != pytest.approx(inputs["p_values"][place], abs=1e-9)]
    # The example took the printed figures of 2012 where they are wrong (E17, E19); the tables have the true ones.
    assert [inputs["labels"][place] for place in differing] == ["willing/Youth", "trust/Third"]
    assert (found.family.size, found.family.unadjusted_below, found.family.adjusted_below) == (
        expected["m"],
        expected["raw_below_05"],
        expected["holm_below_05"],
    )
    clear = [(line.pair.panel, line.pair.label) for line in found.lines if line.is_clear]
    assert clear == [("Understanding of thresholds", "Health"), ("Understanding of thresholds", "Probation")]


def test_w32_the_interval_of_a_pair_is_newcombe_s_on_recovered_counts() -> None:
    _, expected = example("W32")
    found = compare_with(of_plan(plan().comparators["laming"], specs=plan().specs), tables=tables())
    (line,) = [
        each for each in found.lines if (each.pair.panel[:19], each.pair.label) == ("Understanding of th", "Police")
    ]

    assert line.difference is not None
    assert line.pair.theirs is not None
    assert (line.pair.theirs.count, line.pair.ours.count) == (20, 37)
    assert [line.difference.low, line.difference.high] == pytest.approx(expected["ci"], abs=1e-6)


def test_a_percentage_that_no_count_gives_is_not_tested_and_its_column_is_doubtful() -> None:
    found = compare_with(of_plan(plan().comparators["laming"], specs=plan().specs), tables=tables())
    doubtful = {(line.pair.panel, line.pair.label): line.why_not for line in found.lines if line.pair.is_doubtful}

    assert set(doubtful) == {
        ("Understanding of referral process", "Youth services"),  # E12
        ("Understanding of thresholds", "Probation"),  # E13: another answer of the column is the impossible one
    }
    assert doubtful["Understanding of referral process", "Youth services"].startswith("no single whole number")


def test_statements_get_a_column_beside_each_answer_and_the_statement_stands_in_the_title() -> None:
    table = beside(statements(), {("burden", "agree"): (40, 50), ("burden", "strongly_agree"): (20, 50)})

    assert [(column.id, column.group, column.label) for column in table.columns][:4] == [
        ("strongly_agree", "Strongly agree", "This survey"),
        ("strongly_agree.then", "Strongly agree", "2009"),
        ("agree", "Agree", "This survey"),
        ("agree.then", "Agree", "2009"),
    ]
    assert [label for _, label, _ in items_of(table)[0].parts] == [
        label for _, label, _ in items_of(statements())[0].parts
    ]
    assert table.cell("burden", "agree.then") == Cell(base=50, percent=40, marker="[b]")
    assert table.cell("relationships", "agree.then") == Cell(marker="[z]")
    assert table.caveat == "Earlier poll: directors, 2009 (N = 50). Not a trend."


def test_positive_answers_are_added_as_counts_before_anything_is_rounded() -> None:
    survey = other({("table_7", "burden", "agree"): (40, 46), ("table_7", "burden", "strongly_agree"): (4, 46)})
    (pair,) = pairs_of(statements(), survey)

    assert pair.theirs is not None
    assert (pair.theirs.count, pair.theirs.base) == (None, 46)  # no whole number of 46 is 40%
    survey = other({("table_7", "burden", "agree"): (41, 46), ("table_7", "burden", "strongly_agree"): (4, 46)})
    (pair,) = pairs_of(statements(), survey)
    assert pair.theirs is not None
    assert (pair.theirs.count, pair.theirs.percent) == (19 + 2, 46)  # 41 + 4 would be 45


def test_one_item_gets_one_column_and_answers_that_were_not_printed_are_not_available() -> None:
    table = beside(frequency(), {("agree", "frequency"): (63, 40), ("disagree", "frequency"): (30, 40)})

    assert [column.label for column in table.columns] == ["Frequency", "%", "2009"]
    assert [table.cell(row.id, "then").marker for row in table.rows] == ["[b]", "[b]", "[x]", "[x]"]


def test_a_second_survey_stands_beside_the_plan_s_own_and_both_can_be_read_off() -> None:
    table = beside(ratings(), {("trust.good", "care.2012"): (50, 30)})

    assert [each.id for each in others_in(table)] == ["2010", "then"]
    assert others_in(table)[1].figures == {("table_4", "trust.good", "care.2012"): OtherFigure(50, 30, 15)}


@pytest.mark.parametrize(("percent", "base", "count"), [(50, 9, None), (50, 8, 4)])
def test_a_base_under_ten_is_shown_without_test_or_interval(percent: int, base: int, count: int | None) -> None:
    survey = other({("table_5", "agree", "frequency"): (percent, base)})
    (line,) = compare_with(survey, tables=[frequency()]).lines

    assert (line.difference, line.adjusted) == (None, None)
    assert line.pair.theirs is not None
    assert line.pair.theirs.count == count
    assert line.pair.theirs.interval is None


def test_a_wave_without_returns_is_compared_without_a_figure() -> None:
    empty = frequency()
    cells = {place: Cell(count=0, base=0, marker="[x]") for place in empty.cells}
    nobody = Table(**{name: getattr(empty, name) for name in Table.__slots__} | {"cells": cells})
    found = compare_with(other({("table_5", "agree", "frequency"): (50, 40)}), tables=[nobody])

    assert found.family.size == 0
    assert found.lines[0].why_not == "a base is under 10"


@settings(max_examples=30)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_families_are_adjusted_as_their_definitions_say(p_values: list[float]) -> None:
    assert holm(p_values).adjusted == pytest.approx(closed_test(p_values))
    assert benjamini_hochberg(p_values).adjusted == pytest.approx(false_discoveries(p_values))


def test_a_family_of_nothing_is_nothing() -> None:
    assert (holm([]).size, benjamini_hochberg([]).size) == (0, 0)
