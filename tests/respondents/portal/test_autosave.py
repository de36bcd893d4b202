"""What an open page sends by itself: saved once, in order, never over what somebody else wrote."""

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from respondents.returns.models import Save
from tests.respondents.portal.conftest import Portal

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

TAB, OTHER_TAB = "a" * 24, "b" * 24
# Session, person, return; begin, the page's turn, a mark; the return, its save, the mark, end. The first adds three.
QUERIES = 11


def autosave(
    portal: Portal,
    page: str,
    *,
    version: int,
    sequence: int,
    tab: str = TAB,
    client: Client | None = None,
    **items: Any,
) -> "Answer":
    sent = {name.replace("__", "."): value for name, value in items.items()}
    head = {"base-version": version, "tab-key": tab, "tab-sequence": sequence}
    return (client or portal.client).post(portal.url(f"autosave/{page}/"), {**head, **sent})


def test_autosave_stores_what_was_sent_and_says_when(portal: Portal) -> None:
    answer = autosave(portal, "B1", version=0, sequence=1, B1__health="good")

    reply = answer.json()
    assert (answer.status_code, reply["state"], reply["version"], reply["waiting"]) == (200, "saved", 1, {})
    assert reply["at"].count(":") == 1
    assert (reply["values"]["B1.health"], reply["values"]["B1.police"]) == ("good", "")
    assert portal.stored().answers == {"B1.health": 2}
    assert Save.objects.get().tab == TAB


def test_autosave_that_arrives_late_never_undoes_what_is_newer(portal: Portal) -> None:
    autosave(portal, "G1", version=0, sequence=2, G1="First and second")
    late = autosave(portal, "G1", version=0, sequence=1, G1="First")

    assert (late.status_code, late.json()) == (200, {"state": "overtaken"})
    assert portal.stored().texts == {"G1": "First and second"}


def test_autosave_back_to_what_was_saved_is_not_undone_by_an_older_one(portal: Portal) -> None:
    portal.save("G1", version=0, G1="Saved")
    autosave(portal, "G1", version=1, sequence=2, G1="Saved")
    autosave(portal, "G1", version=1, sequence=1, G1="Tried")
    assert (portal.stored().texts, portal.stored().version) == ({"G1": "Saved"}, 1)


def test_autosave_whose_reply_was_lost_is_no_conflict_with_itself(portal: Portal) -> None:
    autosave(portal, "G1", version=0, sequence=1, G1="One")
    again = autosave(portal, "G1", version=0, sequence=2, G1="One and two")
    same = autosave(portal, "G1", version=0, sequence=3, G1="One and two")

    assert [again.json()["version"], same.json()["version"]] == [2, 2]
    assert portal.stored().texts == {"G1": "One and two"}


def test_button_after_a_lost_reply_is_no_conflict_either_and_ends_what_is_on_its_way(portal: Portal) -> None:
    autosave(portal, "G1", version=0, sequence=1, G1="One")
    pressed = portal.save("G1", version=0, **{"G1": "Two", "tab-key": TAB, "tab-sequence": "3"})
    late = autosave(portal, "G1", version=0, sequence=2, G1="One and a half")

    assert (pressed.status_code, late.json()["state"]) == (303, "overtaken")
    assert portal.stored().texts == {"G1": "Two"}


def test_two_tabs_are_told_apart(portal: Portal) -> None:
    autosave(portal, "G1", version=0, sequence=5, G1="Here")
    answer = autosave(portal, "G1", version=0, sequence=1, tab=OTHER_TAB, G1="There")

    [dispute] = answer.json()["disputes"]
    assert (answer.status_code, dispute["mine"], dispute["theirs"]) == (409, "There", "Here")
    assert dispute["who"] == "you, in another window,"
    assert portal.stored().texts == {"G1": "Here"}


def test_key_of_another_persons_tab_opens_nothing(portal: Portal, colleague: Client) -> None:
    autosave(portal, "G1", version=0, sequence=5, G1="Mine")
    answer = autosave(portal, "G1", version=0, sequence=6, client=colleague, G1="Theirs")

    assert (answer.status_code, answer.json()["disputes"][0]["who"]) == (409, "Chair")
    assert portal.stored().texts == {"G1": "Mine"}


def test_autosave_shows_what_a_colleague_saved_beside_it(portal: Portal, colleague: Client) -> None:
    colleague.post(portal.url("questions/B1/"), {"base-version": 0, "B1.police": "poor"})

    reply = autosave(portal, "B1", version=0, sequence=1, B1__health="good").json()

    assert (reply["version"], reply["values"]["B1.police"], reply["values"]["B1.health"]) == (2, "poor", "good")


def test_autosave_without_items_tells_what_holds_now(portal: Portal) -> None:
    portal.save("G1", version=0, G1="Saved")
    reply = autosave(portal, "G1", version=0, sequence=1).json()
    assert (reply["version"], reply["values"], portal.stored().version) == (1, {"G1": "Saved"}, 1)


def test_text_that_may_point_to_a_person_waits_and_the_rest_is_saved(portal: Portal) -> None:
    items: dict[str, Any] = {"A5": "no", "A4": ["", "other_partners"], "A4.details": "Ring 07700 900123"}
    reply = autosave(portal, "this-return", version=0, sequence=1, **items).json()

    assert list(reply["waiting"]) == ["A4.details"]
    assert "what looks like a telephone number" in reply["waiting"]["A4.details"]
    assert (portal.stored().answers, portal.stored().texts) == ({"A4": [3], "A5": 2}, {})


def test_answer_that_is_not_right_yet_waits_and_the_rest_is_saved(kinds: Portal) -> None:
    half: dict[str, Any] = {"A2-day": "3", "A2-month": "", "A2-year": ""}
    reply = autosave(kinds, "A2", version=0, sequence=1, **half).json()
    assert reply["waiting"] == {"A2": "Enter a real date, such as 23 2 2012."}
    reply = autosave(kinds, "A2", version=0, sequence=2, **{**half, "A2-month": "2", "A2-year": "2012"}).json()
    assert (reply["waiting"], reply["values"]) == ({}, {"A2": "2012-02-03"})


def test_answer_whose_question_was_closed_elsewhere_meanwhile_is_kept_and_the_person_told(beside: Portal) -> None:
    beside.save("A1", version=0, A1="yes")
    beside.save("A1", version=1, A1="no")
    reply = autosave(beside, "both", version=1, sequence=1, A2="What I wrote", A3="More").json()

    assert (reply["state"], reply["values"]) == ("saved", {"A2": "What I wrote", "A3": "More"})
    assert beside.stored().texts == {"A2": "What I wrote", "A3": "More"}
    assert reply["unasked"].startswith("What you wrote at “What is in it?”")
    reply = autosave(beside, "both", version=3, sequence=2, A3="More still").json()
    assert (reply["unasked"], list(reply["values"])) == ("", ["A3"])


@pytest.mark.parametrize(
    "broken", [{"tab-key": ""}, {"tab-key": "<b>"}, {"tab-sequence": "0"}, {"tab-sequence": "x"}, {"base-version": ""}]
)
def test_autosave_that_is_not_whole_is_refused(portal: Portal, broken: dict[str, str]) -> None:
    sent = {"base-version": 0, "tab-key": TAB, "tab-sequence": 1, "G1": "Text", **broken}
    assert portal.client.post(portal.url("autosave/G1/"), sent).status_code == 400
    assert portal.stored().version == 0


def test_autosave_of_fields_that_the_page_does_not_have_is_ignored(portal: Portal) -> None:
    autosave(portal, "B1", version=0, sequence=1, B2__health="good", is_staff="1")
    assert (portal.stored().answers, portal.stored().version) == ({}, 0)


def test_autosave_after_closing_is_refused(portal: Portal) -> None:
    portal.now_closed()
    assert autosave(portal, "G1", version=0, sequence=1, G1="Late").status_code == 403
    assert portal.stored().texts == {}


def test_autosave_of_strangers_and_others_saves_nothing(portal: Portal) -> None:
    stranger, strict = Client(), Client(enforce_csrf_checks=True)
    strict.force_login(portal.person)

    answers = [autosave(portal, "G1", version=0, sequence=1, client=each, G1="x") for each in (stranger, strict)]

    assert [answer.status_code for answer in answers] == [302, 403]
    assert [portal.get("autosave/G1/").status_code, portal.stored().version] == [405, 0]


def test_autosave_costs_few_queries(portal: Portal, django_assert_num_queries: object) -> None:
    autosave(portal, "B1", version=0, sequence=1, B1__health="good")
    with django_assert_num_queries(QUERIES):  # type: ignore[operator]
        autosave(portal, "B1", version=1, sequence=2, B1__health="poor")


def test_refusal_of_a_text_is_saved_by_itself_and_told_in_the_words_of_the_page(portal: Portal) -> None:
    refused: dict[str, Any] = {"G1": "", "refuse-G1": "yes"}
    reply = autosave(portal, "G1", version=0, sequence=1, **refused).json()
    assert (reply["values"], portal.stored().answers) == ({"G1": ["refused"]}, {"G1": -6})
    reply = autosave(portal, "G1", version=1, sequence=2, G1="").json()
    assert (reply["values"], portal.stored().answers) == ({"G1": ""}, {})
