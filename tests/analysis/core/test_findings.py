"""Findings say what the cells hold, refuse tokens that lead nowhere, and are withheld when a claim is not borne out."""

import pytest

from analysis.core.finding_tokens import FindingError, Token, parse, places
from analysis.core.findings import Finding, boards_behind, say, say_or_withhold
from analysis.core.national import Response
from analysis.core.table import UNSTABLE
from tests.golden.published import tables

pytestmark = pytest.mark.pure


def said(text: str) -> Finding:
    return say("F1", text, tables=tables(), unit="boards")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "{table_8.T8-2.strongly_agree+agree:of} see willingness.",
            "Forty-four of 57 boards (77%) see willingness.",
        ),
        (
            "Of {table_5.agree:base} boards, {table_5.strongly_agree+agree:percent} agree.",
            "Of 57 boards, 72% agree.",
        ),
        (
            "{table_5.strongly_agree+agree:percent} of {table_5.agree:base} agree.",
            "Seventy-two per cent of 57 agree.",
        ),
        (
            "Good in {table_3.understanding_of_thresholds.good.health.munro:of}.",
            "Good in 39 of 57 boards (68%).",
        ),
        (
            "In 2010 it was {table_3.understanding_of_thresholds.good.health.laming:of}.",
            "In 2010 it was 33% of 46.",
        ),
        (
            "{table_10.T10-4.important:nearly half} said so: {table_10.T10-4.important:of}.",
            "Nearly half said so: 26 of 57 boards (46%).",
        ),
        ("It was {table_8.T8-2.strongly_disagree:count}.", "It was 0."),
    ],
)
def test_numbers_are_said_from_the_cells(text: str, expected: str) -> None:
    found = said(text)
    assert (found.text, found.reasons) == (expected, ())


def test_a_claim_that_is_not_borne_out_withholds_the_sentence() -> None:
    found = said("{table_10.T10-3.very_important+important:over half}: {table_10.T10-3.very_important+important:of}.")
    assert found.reasons == ("28 of 57 (49%) is not “over half”.",)
    assert found.is_withheld


def test_a_share_without_its_base_withholds_the_sentence() -> None:
    found = said("They agree ({table_5.strongly_agree+agree:percent}).")
    assert found.reasons == ("Table 5, Strongly agree or Agree: Frequency stands without its base.",)


def test_a_comparator_s_share_cannot_bear_out_words() -> None:
    found = said("{table_3.understanding_of_thresholds.good.health.laming:most} of "
                 "{table_3.understanding_of_thresholds.good.health.laming:base}.")  # fmt: skip
    place = "Table 3, Understanding of thresholds: Good: Health: 2010 (LGA survey)"
    assert found.reasons == (f"“most” cannot be checked: {place} has no count.",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{table_5.agree:of", "A brace is left open"),
        ("{table_5:of}", "“{table_5:of}” names no cell"),
        ("{}", "“{}” names no cell"),
        ("{table_5.agree:lots}", "“lots” is no way to say a number"),
        ("{table_50.agree:of}", "There is no table table_50"),
        ("{table_5.agrees:of}", "table_5 has no cell “agrees”"),
        ("{table_8.T8-2.agree+good:of}", "table_8 has no cell “T8-2.agree+good”"),
        (
            "{table_3.understanding_of_thresholds.good+poor.health.laming:of}",
            "adds percentages that have no counts",
        ),
    ],
)
def test_a_token_that_leads_nowhere_is_refused(text: str, message: str) -> None:
    with pytest.raises(FindingError, match=message.replace("{", r"\{").replace("}", r"\}").replace("+", r"\+")):
        said(text)


def test_a_token_that_leads_nowhere_in_a_release_withholds_the_sentence() -> None:
    """A release merges groups, so that a row of the plan's own table may not be there."""
    found = say_or_withhold("F1", "{table_5.london:of} agree.", tables=tables(), unit="boards")
    assert found.is_withheld
    assert found.reasons[0].startswith("table_5 has no cell “london”. Its rows are strongly_agree, agree")


def test_options_are_added_within_a_row_and_within_a_panel() -> None:
    token = Token("t", "panel.good+poor.health.munro", "of")
    found = places(token, rows=["panel.good", "panel.poor"], columns=["health.munro", "police.munro"])
    assert found == (("panel.good", "health.munro"), ("panel.poor", "health.munro"))


def test_a_place_that_can_be_read_in_two_ways_is_refused() -> None:
    with pytest.raises(FindingError, match="can be read in 2 ways"):
        places(Token("t", "a.b", "of"), rows=["a", "a.b"], columns=["b"])


def test_words_and_tokens_come_by_turns() -> None:
    assert parse("a {t.r:of} b") == ("a ", Token("t", "r", "of"), " b")
    assert str(parse("{t.r.c:count}")[0]) == "{t.r.c:count}"


@pytest.mark.parametrize(
    ("text", "returns", "boards"),
    [
        ("{table_8.T8-2.agree:of}", 57, 148),  # an answer on every return
        ("{table_1.total.response_rate_boards:of}", 57, 0),  # a fact about all boards
        ("{table_1.london_boroughs.response_rate_boards:of}", 57, 0),  # a fact about those of a level
        ("{table_8.T8-2.agree:of}", 60, 0),  # three were not asked: of how many boards, nobody knows
    ],
)
def test_a_figure_is_a_sample_of_all_boards_on_every_return_alone(text: str, returns: int, boards: int) -> None:
    (figure,) = say("F1", text, tables=tables(), unit="boards", boards=148).figures
    table = next(table for table in tables() if table.id == figure.token.table)
    assert boards_behind(figure, table=table, response=Response(returns, 148)) == boards


def test_the_share_of_a_level_that_answered_is_a_fact_and_bears_no_mark() -> None:
    found = say("F1", "{table_1.london_boroughs.response_rate_boards:of}", tables=tables(), unit="boards", boards=148)
    assert UNSTABLE not in found.text
    assert found.figures[0].base < 47


WILLING = "table_8.T8-2.strongly_agree+agree"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"{{{WILLING}:most}} of the boards that answered agree: {{{WILLING}:of}}.", ""),
        (f"{{{WILLING}:most}} agree: {{{WILLING}:of}}.", ""),
        (
            f"{{{WILLING}:over three quarters}} of LSCBs agree: {{{WILLING}:of}}.",
            "“over three quarters” is said of all boards, where 99 to 126 of 148 is what is likely.",
        ),
        (
            f"{{{WILLING}:most}} of all boards agree: {{{WILLING}:of}}.",  # by region those that answered differ
            "“most” is said of all boards, and those that answered differ from all, or may.",
        ),
    ],
)
def test_a_claim_of_all_boards_needs_more_than_those_that_answered(text: str, reason: str) -> None:
    found = say("F1", text, tables=tables(), unit="boards", boards=148)
    assert [each.partition(" Say ")[0] for each in found.reasons] == ([reason] if reason else [])


def test_a_claim_of_all_boards_holds_where_those_that_answered_are_like_the_others() -> None:
    even = [table for table in tables() if table.id != "table_2"]  # by type alone they do not differ
    text = f"{{{WILLING}:most}} of all boards agree: {{{WILLING}:of}}."
    assert not say("F1", text, tables=even, unit="boards", boards=148).is_withheld


def test_a_figure_that_is_typed_withholds_the_sentence() -> None:
    assert said("In 78% it is so.").reasons == ("“78%” is typed, and nothing binds it to the tables.",)
    assert said("In two thirds it is so.").reasons == ()
