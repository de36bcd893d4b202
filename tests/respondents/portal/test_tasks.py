from datetime import timedelta

import pytest
from django.utils import timezone

from survey.models import Wave
from tests.respondents.portal.conftest import Portal

pytestmark = pytest.mark.once

# Session, person, return, people on it, handbacks, comments, submissions, queries of the survey team, the last message.
QUERIES = 10


def test_tasks_show_how_far_each_section_is(portal: Portal) -> None:
    portal.save("C1", version=0, C1="agree")
    portal.save("G1", version=1, G1="Money")

    text = portal.text()

    assert "1 of 8 sections completed" in text
    assert text.count("Not yet started") == 6
    assert "1 of 11 answered" in text


def test_tasks_lead_to_the_first_page_with_something_left_to_answer(portal: Portal) -> None:
    portal.save("C1", version=0, C1="agree")

    text = portal.text()

    assert portal.url("questions/C2/") in text
    assert portal.url("questions/C1/") not in text


def test_tasks_after_closing_say_what_was_not_answered_and_ask_for_nothing(portal: Portal) -> None:
    portal.save("C1", version=0, C1="agree")
    portal.now_closed()

    text = portal.text()

    assert (text.count("Not answered"), text.count("Partly answered"), text.count("Not yet started")) == (7, 1, 0)
    assert ["mark as ready" in text, "discuss before you start" in text] == [False, False]


def test_tasks_before_opening_offer_reading_only(portal: Portal) -> None:
    Wave.objects.update(opens_at=timezone.now() + timedelta(hours=1), closes_at=timezone.now() + timedelta(days=9))

    text = portal.text()

    assert ["questions/" in text.replace("all-questions/", ""), "all-questions/" in text] == [False, True]
    assert "Opens " in text


def test_tasks_after_closing_offer_reading_only(portal: Portal) -> None:
    portal.now_closed()

    text = portal.text()

    assert ["questions/" in text.replace("all-questions/", ""), "Read your answers" in text] == [False, True]
    assert "Closed on" in text


def test_tasks_cost_few_queries(portal: Portal, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(QUERIES):  # type: ignore[operator]
        portal.get()
