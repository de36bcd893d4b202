import re
from typing import TYPE_CHECKING

from django.test import Client

from tests.respondents.portal.conftest import Portal

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer


def hidden(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    form = text[text.index("settle/") :]
    for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form):
        found.setdefault(name, []).append(value)
    found.pop("csrfmiddlewaretoken", None)
    return found


def collide(portal: Portal, colleague: Client) -> str:
    """Both open version 0; the colleague saves health and police, then the chair saves health and probation."""
    theirs = {"base-version": 0, "B1.health": "poor", "B1.police": "good"}
    assert colleague.post(portal.url("questions/B1/"), theirs).status_code == 303
    answer = portal.save("B1", version=0, B1__health="good", B1__probation="poor")
    assert answer.status_code == 409
    return str(answer.content.decode())


def settle(portal: Portal, text: str, **choices: str) -> "Answer":
    kept = {f"keep-{name.replace('__', '.')}": value for name, value in choices.items()}
    return portal.client.post(portal.url("questions/B1/settle/"), {**hidden(text), **kept})


def test_conflict_shows_both_answers_with_name_and_time_and_overwrites_nothing(
    portal: Portal, colleague: Client
) -> None:
    text = collide(portal, colleague)

    assert "Saved by Deputy, today at" in text
    assert re.findall(r'app-answer" dir="auto">(.*?)<', text) == ["Good", "Poor"]
    assert portal.stored().answers == {"B1.health": 4, "B1.police": 2}


def test_conflict_settled_for_mine_saves_it_with_everything_else_sent(portal: Portal, colleague: Client) -> None:
    answer = settle(portal, collide(portal, colleague), B1__health="mine")

    assert (answer.status_code, answer["Location"]) == (303, portal.url("questions/B2/"))
    assert portal.stored().answers == {"B1.health": 2, "B1.police": 2, "B1.probation": 4}


def test_conflict_settled_for_theirs_saves_everything_else_sent(portal: Portal, colleague: Client) -> None:
    settle(portal, collide(portal, colleague), B1__health="theirs")
    assert portal.stored().answers == {"B1.health": 4, "B1.police": 2, "B1.probation": 4}


def test_settling_does_not_undo_what_the_other_changed_beside_it(portal: Portal, colleague: Client) -> None:
    portal.save("B1", version=0, B1__police="very_poor")
    theirs = {"base-version": 1, "B1.health": "poor", "B1.police": "good"}
    colleague.post(portal.url("questions/B1/"), theirs)
    # The chair's page still shows the police as they were, and the browser sends them along unchanged.
    answer = portal.save("B1", version=1, B1__health="good", B1__police="very_poor")

    settle(portal, answer.content.decode(), B1__health="mine")

    assert portal.stored().answers == {"B1.health": 2, "B1.police": 2}


def test_conflict_without_a_choice_asks_again_and_saves_nothing(portal: Portal, colleague: Client) -> None:
    answer = settle(portal, collide(portal, colleague))

    text = answer.content.decode()
    assert (answer.status_code, portal.stored().version) == (409, 1)
    assert "<title>Error: " in text
    assert '<a href="#id_keep-B1.health">Choose which answer stands for “Health”</a>' in text


def test_conflict_that_moved_on_is_shown_again(portal: Portal, colleague: Client) -> None:
    text = collide(portal, colleague)
    colleague.post(portal.url("questions/B1/"), {"base-version": 1, "B1.health": "very_poor"})

    answer = settle(portal, text, B1__health="mine")

    again = answer.content.decode()
    assert (answer.status_code, portal.stored().answers["B1.health"]) == (409, 5)
    assert re.findall(r'app-answer" dir="auto">(.*?)<', again) == ["Good", "Very poor"]
    settle(portal, again, B1__health="mine")
    assert portal.stored().answers["B1.health"] == 2


def test_conflict_between_texts_shows_both_in_full(portal: Portal, colleague: Client) -> None:
    colleague.post(portal.url("questions/G1/"), {"base-version": 0, "G1": "Their\ntext <i>"})
    answer = portal.save("G1", version=0, G1="My\ntext")

    text = answer.content.decode()

    assert ["Their\ntext &lt;i&gt;" in text, "My\ntext" in text] == [True, True]


def test_two_windows_of_one_person_are_told_apart_too(portal: Portal) -> None:
    portal.save("B1", version=0, B1__health="good")
    text = portal.save("B1", version=0, B1__health="poor").content.decode()
    assert "Saved by you, in another window, today at" in text


def test_same_answer_twice_is_no_conflict(portal: Portal, colleague: Client) -> None:
    colleague.post(portal.url("questions/B1/"), {"base-version": 0, "B1.health": "good"})
    assert portal.save("B1", version=0, B1__health="good").status_code == 303
    assert portal.stored().version == 1


def test_settling_with_forged_hidden_fields_is_refused(portal: Portal, colleague: Client) -> None:
    text = collide(portal, colleague)
    sent = {**hidden(text), "keep-B1.health": "mine", "seen-version": "x"}
    assert portal.client.post(portal.url("questions/B1/settle/"), sent).status_code == 400
    assert portal.client.get(portal.url("questions/B1/settle/")).status_code == 405


def test_ticked_boxes_travel_through_a_conflict(portal: Portal, colleague: Client) -> None:
    url = portal.url("questions/this-return/")
    colleague.post(url, {"base-version": 0, "A5": "yes"})
    answer = portal.save("this-return", version=0, A4=["", "dcs", "other_partners"], A5="no")

    sent = {**hidden(answer.content.decode()), "keep-A5": "mine"}
    portal.client.post(url + "settle/", sent)

    assert portal.stored().answers == {"A4": [2, 3], "A5": 2}


def test_going_back_to_the_page_loses_nothing_and_overwrites_nothing(portal: Portal, colleague: Client) -> None:
    sent = {**hidden(collide(portal, colleague)), "back-to-the-page": "yes"}
    page = portal.client.post(portal.url("questions/B1/settle/"), sent).content.decode()

    checked = re.findall(r'name="(B1[^"]*)" value="(\d|[a-z_]+)"[^>]*checked', page)
    assert {"B1.health": "good", "B1.probation": "poor"}.items() <= dict(checked).items()
    assert re.search(r'name="base-version"[^>]*value="0"', page)
    assert portal.stored().answers == {"B1.health": 4, "B1.police": 2}
    again = portal.save("B1", version=0, B1__health="good", B1__probation="poor")
    assert again.status_code == 409
