"""The codebook: a row for each column of the data, with what was asked, of whom, and what its codes mean."""

import pytest

from analysis.core.codebook import Entry, Value, codebook_of
from analysis.core.cube import STRATA
from analysis.core.variables import variables_of
from survey.schema.document import load
from tests.analysis.core.examples import cube_of, small_questionnaire
from tests.analysis.core.test_documents import QUESTIONNAIRE as TYPED
from tests.builders import MUNRO

pytestmark = pytest.mark.pure

SMALL = small_questionnaire()
ROWS = [
    {"region": "North", "A1": "agree", "B1.health": "dont_know"},
    {"region": "North", "A1": "refused"},
    {"A1": "not_asked", "B1.health": "very_good"},
]


def entry(name: str, *, counted: bool = True) -> Entry:
    cube = cube_of(ROWS, questionnaire=SMALL) if counted else None
    (found,) = (each for each in codebook_of(SMALL, cube=cube).entries if each.name == name)
    return found


def test_every_column_of_the_data_has_one_entry_in_their_order() -> None:
    for questionnaire in (SMALL, TYPED, load(MUNRO.read_text(encoding="utf-8"))):
        codebook = codebook_of(questionnaire)
        names = [each.name for each in variables_of(questionnaire)]
        assert [each.name for each in codebook.entries] == [*STRATA, *names]
        assert codebook.digest == questionnaire.digest


def test_an_item_of_a_battery_has_its_question_its_own_words_and_its_codes_with_the_missing_apart() -> None:
    found = entry("B1.health", counted=False)

    assert (found.section, found.question, found.kind) == ("Everything", "B1", "One answer")
    assert (found.wording, found.item) == ("How good is their understanding?", "Health")
    assert found.values == (
        Value(1, "Very good"),
        Value(2, "Good"),
        Value(3, "Fair"),
        Value(4, "Poor"),
        Value(-9, "Not answered", is_missing=True),
        Value(-8, "Don't know", is_missing=True),
        Value(-6, "Does not want to answer", is_missing=True),
    )
    assert (found.asked_when, found.base) == ("", "All returns")


def test_frequencies_and_the_three_bases_stand_beside_the_codes() -> None:
    found = entry("B1.health")

    assert {each.code: each.returns for each in found.values} == {1: 1, 2: 0, 3: 0, 4: 0, -9: 1, -8: 1, -6: 0}
    assert (found.returns, found.asked, found.answered) == (3, 3, 2)
    assert found.base == "All 3 returns, of which 2 answered"


def test_what_the_register_answers_is_counted_by_level_and_a_return_without_board_is_not_specified() -> None:
    found = entry("region")

    assert (found.section, found.kind, found.wording) == ("From the register", "From the register", "Region")
    assert found.values == (
        Value("North", "North", returns=2),
        Value("", "Not specified: the return names no board", is_missing=True, returns=1),
    )
    assert (found.asked, found.base) == (None, "All 3 returns")


def test_where_routing_leaves_returns_out_the_codebook_says_when_an_item_is_asked_and_of_how_many() -> None:
    (found,) = (each for each in codebook_of(TYPED).entries if each.name == "A2:us")
    (number,) = (each for each in codebook_of(TYPED).entries if each.name == "N1")
    (gap,) = (each for each in codebook_of(TYPED).entries if each.name == "N1:gap")

    assert (found.asked_when, found.base) == ("not (A1 is ‘No’)", "Returns that were asked")
    assert [each.code for each in found.values] == [0, 1, -9, -8, -7, -6]
    assert (found.kind, found.item) == ("One of several answers", "We did")
    assert (number.kind, number.values) == ("Whole number", ())
    assert (gap.values[0].code, gap.values[0].label) == (0, "Answered")
    routed = Entry("x", "s", "q", "w", "", "", (), "A1 is ‘Yes’", returns=57, asked=31, answered=30)
    assert routed.base == "31 of 57 returns were asked, of which 30 answered"


def test_before_there_are_returns_the_base_says_so_and_nothing_is_divided() -> None:
    cube = cube_of([], questionnaire=SMALL)

    assert {each.base for each in codebook_of(SMALL, cube=cube).entries} == {"No returns"}
