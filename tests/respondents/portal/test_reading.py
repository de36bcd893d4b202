import html

import pytest

from tests.respondents.portal.conftest import Portal

pytestmark = pytest.mark.once


def test_reading_shows_every_question_and_item_before_anything_is_answered(portal: Portal) -> None:
    text = html.unescape(portal.text("all-questions/"))

    questionnaire = portal.wave.questionnaire
    words = [
        *(each.wording for each in questionnaire.questions),
        *(each.label for each in questionnaire.items.values()),
    ]
    assert [word for word in words if word not in text] == []


def test_reading_says_the_routing_in_words(kinds: Portal) -> None:
    text = kinds.text("all-questions/")
    for answer in ("Yes", "No"):
        assert f"Answer this only if you answered ‘{answer}’ to A3." in text


def test_reading_is_possible_before_and_after_the_wave(portal: Portal) -> None:
    portal.now_closed()
    assert portal.get("all-questions/").status_code == 200
