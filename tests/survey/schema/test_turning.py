"""Batteries on the same scale and rows can be turned: other pages, the same items."""

import pytest

from survey.schema.document import load
from survey.schema.turning import turn
from tests.builders import MUNRO

pytestmark = pytest.mark.pure

AGENCIES = ("health", "police", "probation", "education", "youth_services", "third_sector", "childrens_social_care")
OTHER = """
questionnaire: other
title: Batteries that differ
agencies:
  - {code: health, label: Health}
  - {code: police, label: Police}
scales:
  - code: one
    options: [{value: 1, code: good, label: Good}, {value: 2, code: bad, label: Bad}]
  - code: two
    options: [{value: 1, code: much, label: Much}, {value: 2, code: little, label: Little}]
sections:
  - code: A
    title: First
    questions:
      - {code: A1, kind: rating_battery, wording: How good?, short: Good, scale: one}
      - {code: A2, kind: rating_battery, wording: How much?, short: Much, scale: two}
  - code: B
    title: Second
    questions:
      - {code: B1, kind: rating_battery, wording: How good is it?, short: Good, scale: one}
"""


def test_six_batteries_become_one_page_for_each_of_seven_agencies() -> None:
    questionnaire = load(MUNRO.read_text(encoding="utf-8"))

    turning = turn(questionnaire)

    assert tuple(turning.pages) == tuple(f"B.{agency}" for agency in AGENCIES)
    assert [item.code for item in turning.page("B.health").items] == [f"B{number}.health" for number in range(1, 7)]
    assert turning.page("B.police").items[3].label == questionnaire.question("B4").wording
    assert turning.page("B.police").title == "Police"


def test_turned_route_asks_every_item_once() -> None:
    questionnaire = load(MUNRO.read_text(encoding="utf-8"))

    route = turn(questionnaire).route

    asked = [item.code for page in route for item in page.items]
    assert (sorted(asked), len(asked)) == (sorted(questionnaire.items), len(questionnaire.items))
    assert [page.code for page in route][:3] == ["this-return", "B.health", "B.police"]
    assert len(route) == len(questionnaire.pages) + 1


def test_turned_items_differ_from_the_written_ones_in_words_only() -> None:
    questionnaire = load(MUNRO.read_text(encoding="utf-8"))

    for page in turn(questionnaire).pages.values():
        for item in page.items:
            written = questionnaire.items[item.code]
            words = {"label": written.label, "short": written.short, "question_code": written.question_code}
            assert item.model_copy(update=words) == written


def test_batteries_that_differ_or_stand_alone_are_not_turned() -> None:
    questionnaire = load(OTHER)

    turning = turn(questionnaire)

    assert (turning.pages, turning.counterparts, turning.route) == ({}, {}, questionnaire.pages)
