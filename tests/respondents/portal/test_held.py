"""A text that may point to a person is shown before it is saved, once, and nothing of it is lost."""

import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from tests.respondents.portal.conftest import Portal
from tests.respondents.portal.test_conflict import hidden

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.once

TEXT = "Late referrals.\nThe child at SW1A 2AA came to us twice; ask jo@example.org."


def shown_passages(answer: "Answer") -> list[str]:
    return re.findall(r'name="shown-passage" value="([^"]*)"', answer.content.decode())


def test_text_with_a_passage_is_not_saved_and_comes_back_marked(portal: Portal) -> None:
    answer = portal.save("G1", version=0, G1=TEXT)

    text = answer.content.decode()
    assert (answer.status_code, portal.stored().texts) == (200, {})
    assert re.findall("<mark>(.*?)</mark>", text) == ["SW1A 2AA", "jo@example.org"]
    assert ["This looks like a postcode." in text, "This looks like an email address." in text] == [True, True]
    assert TEXT in text[text.index("<textarea") :]
    assert 'aria-describedby="id_G1-hint id_G1-warning"' in text
    assert ["<title>Look at a text before it is saved: " in text, "Error" in text] == [True, False]


def test_text_is_saved_as_it_is_when_the_person_says_so(portal: Portal) -> None:
    portal.save("G1", version=0, G1=TEXT)
    answer = portal.save("G1", version=0, **{"G1": TEXT, "save-as-it-is": "yes"})
    assert (answer.status_code, portal.stored().texts) == (303, {"G1": TEXT})


def test_page_comes_back_once_for_the_same_passages_and_again_for_new_ones(portal: Portal) -> None:
    known = shown_passages(portal.save("G1", version=0, G1=TEXT))
    assert known == ["SW1A 2AA", "jo@example.org"]

    more = portal.save("G1", version=0, **{"G1": f"{TEXT} Or jim@example.org.", "shown-passage": known})
    saved = portal.save("G1", version=0, **{"G1": TEXT, "shown-passage": known})

    assert [shown_passages(more), saved.status_code, portal.stored().texts] == [["jim@example.org"], 303, {"G1": TEXT}]


def test_passages_that_are_saved_already_are_not_asked_about_again(portal: Portal) -> None:
    portal.save("G1", version=0, **{"G1": TEXT, "save-as-it-is": "yes"})
    assert portal.save("G1", version=1, G1=TEXT + " And more.").status_code == 303


def test_text_that_was_changed_is_saved_without_another_question(portal: Portal) -> None:
    portal.save("G1", version=0, G1=TEXT)
    answer = portal.save("G1", version=0, **{"G1": "Late referrals.", "shown-passage": ["SW1A 2AA", "jo@example.org"]})
    assert (answer.status_code, portal.stored().texts) == (303, {"G1": "Late referrals."})


def test_everything_else_on_the_page_is_saved_meanwhile(portal: Portal) -> None:
    answer = portal.save("this-return", version=0, A4=["other_partners"], A5="no", **{"A4.details": "07700 900123"})

    text = answer.content.decode()
    assert (portal.stored().answers, portal.stored().texts) == ({"A4": [3], "A5": 2}, {})
    assert ["07700 900123</textarea>" in text, 'value="1" autocomplete' in text] == [True, True]
    portal.save("this-return", version=1, **{"A4.details": "07700 900123", "save-as-it-is": "yes"})
    assert portal.stored().texts == {"A4.details": "07700 900123"}


def test_text_is_held_on_the_way_to_the_task_list_too(portal: Portal) -> None:
    assert portal.save("G1", version=0, **{"G1": TEXT, "and-then-tasks": "yes"}).status_code == 200


def test_text_that_was_looked_at_goes_through_a_conflict(portal: Portal, colleague: Client) -> None:
    colleague.post(portal.url("questions/G1/"), {"base-version": 0, "G1": "Theirs"})
    held = portal.save("G1", version=0, G1="Mine, 07700 900123").content.decode()
    conflict = portal.save("G1", version=0, **{"G1": "Mine, 07700 900123", "save-as-it-is": "yes"})
    sent = {**hidden(conflict.content.decode()), "keep-G1": "mine"}

    answer = portal.client.post(portal.url("questions/G1/settle/"), sent)

    # Others had written meanwhile: the text keeps the version it was based on, so that it overwrites nothing.
    assert ['value="0" autocomplete' in held, "07700 900123</textarea>" in held] == [True, True]
    assert (conflict.status_code, answer.status_code) == (409, 303)
    assert portal.stored().texts == {"G1": "Mine, 07700 900123"}
