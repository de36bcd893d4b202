"""Tests of what changed from one state of a return to another."""

import html
import re

import pytest

from tests.respondents.copies.hostile import HOSTILE
from tests.respondents.portal.conftest import Portal

pytestmark = pytest.mark.once

# Session, person, return, submissions with who sent them, who changed the draft.
QUERIES = 6


@pytest.fixture
def twice(portal: Portal) -> Portal:
    """Sent twice, then changed again: C1 in between, C2 and a text at the end."""
    portal.save("C1", version=0, C1="agree")
    portal.submit(1)
    portal.save("C1", version=1, C1="disagree")
    portal.save("this-return", version=2, A4=["", "dcs"])
    portal.submit(3)
    portal.save("G1", version=3, G1="Money")
    return portal


def changes(text: str) -> dict[str, list[str]]:
    """What stands before and after, by the number of the question."""
    found = re.findall(r'app-paper__code">(\S+)</span>.*?</section>', text, re.DOTALL)
    sections = re.split(r'app-paper__code">', text)[1:]
    answers = [
        [html.unescape(each) for each in re.findall(r'dir="auto">(.*?)</span>', part, re.DOTALL)] for part in sections
    ]
    return dict(zip(found, answers, strict=True))


def test_the_last_change_is_shown_without_asking(twice: Portal) -> None:
    text = twice.text("copies/differences/")
    assert changes(text) == {"G1": ["Not provided", "Money"]}
    assert "1 answer differs." in text
    assert "DRAFT, not submitted." in text


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("from=1&to=2", {"A4": ["Not provided", "Director of Children's Services"], "C1": ["Agree", "Disagree"]}),
        ("from=2&to=1", {"A4": ["Director of Children's Services", "Not provided"], "C1": ["Disagree", "Agree"]}),
        ("from=2&to=draft", {"G1": ["Not provided", "Money"]}),
        ("from=1&to=1", {}),
        ("from=9&to=<script>", {"G1": ["Not provided", "Money"]}),
    ],
)
def test_any_two_can_be_compared_in_the_order_of_the_questionnaire(
    twice: Portal, asked: str, expected: dict[str, list[str]]
) -> None:
    found = changes(twice.text(f"copies/differences/?{asked}"))
    assert found == expected
    assert list(found) == list(expected)


def test_items_of_a_battery_are_named(portal: Portal) -> None:
    portal.save("B1", version=0, B1__health="good", B1__police="poor")
    portal.submit(1)
    portal.save("B1", version=1, B1__police="good")
    text = portal.text("copies/differences/")
    assert changes(text) == {"B1": ["Poor", "Good"]}
    assert ">Police</h3>" in text
    assert ">Health</h3>" not in text


def test_what_routing_closed_again_is_told_as_a_change(kinds: Portal) -> None:
    kinds.save("both", version=0, A3="yes", A4="A long plan")
    kinds.submit(1)
    kinds.save("both", version=1, A3="no")
    kinds.submit(2)
    found = changes(kinds.text("copies/differences/?from=1&to=2"))
    assert found == {"A3": ["Yes", "No"], "A4": ["A long plan", "Not provided"]}


@pytest.mark.parametrize("name", HOSTILE)
def test_long_and_hostile_texts_stand_in_full_on_both_sides(kinds: Portal, name: str) -> None:
    kinds.save("B2", version=0, B2="first")
    kinds.submit(1)
    stored = kinds.stored()
    stored.texts, stored.version = {"B2": HOSTILE[name]}, 2
    stored.save()
    assert changes(kinds.text("copies/differences/"))["B2"] == ["first", HOSTILE[name]]


@pytest.mark.parametrize("saved", [False, True])
def test_one_state_alone_has_nothing_to_be_compared_with(portal: Portal, saved: bool) -> None:
    if saved:
        portal.save("C1", version=0, C1="agree")
    assert "There is nothing to compare yet." in portal.text("copies/differences/")
    assert "See what changed" not in portal.text("copies/")


def test_a_comparison_costs_few_queries(twice: Portal, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(QUERIES):  # type: ignore[operator]
        twice.get("copies/differences/?from=1&to=2")
