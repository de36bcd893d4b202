"""Which items a page shows and where the way goes on."""

import pytest

from respondents.portal.routes import next_page, open_items
from survey.schema.answers import Value
from survey.schema.document import load
from tests.respondents.portal.conftest import KINDS

pytestmark = pytest.mark.pure

QUESTIONNAIRE = load(KINDS)


def shown(page: str, values: dict[str, Value]) -> list[str]:
    return [item.code for item in open_items(QUESTIONNAIRE, QUESTIONNAIRE.page(page), values)]


def following(page: str, values: dict[str, Value]) -> str | None:
    found = next_page(QUESTIONNAIRE, QUESTIONNAIRE.page(page), values)
    return found.code if found else None


@pytest.mark.parametrize("values", [{}, {"A3": 1}, {"A3": 2}])
def test_open_items_hold_what_an_answer_beside_them_would_open(values: dict[str, Value]) -> None:
    assert shown("both", values) == ["A3", "A4"]


@pytest.mark.parametrize(("values", "items"), [({}, []), ({"A3": 1}, []), ({"A3": 2}, ["B1"])])
def test_open_items_follow_answers_on_other_pages(values: dict[str, Value], items: list[str]) -> None:
    assert shown("B1", values) == items


@pytest.mark.parametrize(
    ("page", "values", "expected"),
    [("A1", {}, "A2"), ("both", {}, "B2"), ("both", {"A3": 2}, "B1"), ("B1", {"A3": 2}, "B2"), ("B2", {}, None)],
)
def test_next_page_is_the_next_that_asks_something(page: str, values: dict[str, Value], expected: str | None) -> None:
    assert following(page, values) == expected


def test_open_items_of_several_boxes_hold_the_box_that_follows_one() -> None:
    several = 'kind: multiple_choice, options: [{value: 1, code: "yes", label: A}, {value: 2, code: "no", label: B}]'
    document = KINDS.replace("kind: single_choice", several).replace("Is there a plan?, scale: yesno", "Which?")
    document = document.replace('{item: A3, is: "yes"}', '{item: A3, includes: "yes"}')
    questionnaire = load(document.replace('{item: A3, is: "no"}', '{item: A3, includes: "no"}'))

    assert [item.code for item in open_items(questionnaire, questionnaire.page("both"), {"A3": [2]})] == ["A3", "A4"]
