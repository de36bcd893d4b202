from collections.abc import Callable

import pytest

from survey.schema.answers import Value
from survey.schema.document import Questionnaire
from survey.schema.routing import applicable, complete, describe

pytestmark = pytest.mark.pure

Example = Callable[[str], Questionnaire]
YES, NO, STAFF, FAMILIES = 1, 2, 1, 2


@pytest.mark.parametrize(
    ("values", "asked"),
    [
        ({}, {"A1", "A3", "A5"}),
        ({"A1": NO}, {"A1", "A3", "A5"}),
        ({"A1": YES}, {"A1", "A2", "A3"}),
        ({"A1": -6}, {"A1", "A3", "A5"}),
        ({"A3": [STAFF]}, {"A1", "A3", "A5"}),
        ({"A3": [STAFF, FAMILIES]}, {"A1", "A3", "A4", "A5"}),
        ({"A3": -8}, {"A1", "A3", "A5"}),
        ({"A1": YES, "A2": YES}, {"A1", "A2", "A3"}),
        ({"A1": YES, "A2": YES, "A3": [STAFF]}, {"A1", "A2", "A3", "A6"}),
        ({"A1": YES, "A2": NO, "A3": [FAMILIES]}, {"A1", "A2", "A3", "A4"}),
    ],
)
def test_applicable_follows_the_rules(example: Example, values: dict[str, Value], asked: set[str]) -> None:
    assert applicable(example("routing"), values) == asked


def test_applicable_ignores_answers_left_from_items_no_longer_asked(example: Example) -> None:
    values: dict[str, Value] = {"A1": NO, "A2": YES, "A3": [STAFF]}

    assert "A6" not in applicable(example("routing"), values)


def test_complete_codes_every_closed_item_and_keeps_only_texts_that_were_asked_for(example: Example) -> None:
    values: dict[str, Value] = {
        "A1": NO,
        "A2": YES,
        "A3": [STAFF],
        "A4": "They liked it.",
        "A5": "No money.",
        "A6": "x",
    }

    assert complete(example("routing"), values) == ({"A1": 2, "A2": -7, "A3": [1]}, {"A5": "No money."})


def test_complete_codes_blanks_apart_from_refusals(example: Example) -> None:
    values: dict[str, Value] = {"A1": YES, "A2": -6, "A3": []}

    assert complete(example("routing"), values) == ({"A1": 1, "A2": -6, "A3": -9}, {})


def test_complete_does_not_share_its_lists(example: Example) -> None:
    chosen = [STAFF]

    answers, _ = complete(example("routing"), {"A3": chosen})

    assert answers["A3"] == chosen
    assert answers["A3"] is not chosen


def test_complete_of_a_complete_document_changes_nothing(example: Example) -> None:
    answers, texts = complete(example("routing"), {"A1": YES, "A3": -8, "A6": "x"})

    assert complete(example("routing"), {**answers, **texts}) == (answers, texts)


def test_describe_says_a_rule_in_words(example: Example) -> None:
    questionnaire = example("routing")
    rules = {code: describe(questionnaire, rule) for code, rule in questionnaire.asked_by_rule}

    assert rules == {
        "A2": "A1 is ‘Yes’",
        "A4": "A3 includes ‘Families’",
        "A5": "not (A1 is ‘Yes’)",
        "A6": "A2 is ‘Yes’ and (A3 includes ‘Staff’ or A3 includes ‘Families’)",
    }
