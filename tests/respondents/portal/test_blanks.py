"""What is left blank is asked about once, gently; a refusal is an answer of its own."""

import csv
import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from tests.respondents.portal.conftest import Portal
from tests.respondents.portal.test_conflict import hidden
from tests.respondents.portal.test_question import controls

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.once

# As to save and go on, then the queries of the survey team, and in a transaction the session that remembers it.
QUERIES_TO_ASK = 12
RATED = {f"B1__{agency}": "good" for agency in ("health", "police", "probation", "education", "youth_services")}


def save_as_shown(portal: Portal, page: str, *, version: int, **answers: object) -> "Answer":
    """Sends a page as the browser does, with the mark that it asks about blanks."""
    return portal.save(page, version=version, **{"asks-about-blanks": "yes", **answers})


def test_blanks_bring_the_page_back_once_with_everything_saved(portal: Portal) -> None:
    answer = save_as_shown(portal, "B1", version=0, **RATED)

    text = answer.content.decode()
    assert (answer.status_code, portal.stored().version, len(portal.stored().answers)) == (200, 1, 5)
    assert "2 questions on this page have no answer" in text
    assert re.findall(r'href="#(id_[^"]+)">([^<]+)</a>', text) == [
        ("id_B1.third_sector", "Third sector"),
        ("id_B1.childrens_social_care", "Children&#x27;s social care"),
    ]
    assert ["<title>2 answers left: " in text, "Error" in text, 'value="1" autocomplete' in text] == [True, False, True]
    assert save_as_shown(portal, "B1", version=1)["Location"] == portal.url("questions/B2/")


def test_blanks_are_asked_about_once_in_a_session(portal: Portal) -> None:
    assert 'name="asks-about-blanks"' in portal.text("questions/B1/")
    again = save_as_shown(portal, "B1", version=0).content.decode()

    assert 'name="asks-about-blanks"' not in again
    assert 'name="asks-about-blanks"' not in portal.text("questions/B1/")
    assert 'name="asks-about-blanks"' in portal.text("questions/B2/")
    assert save_as_shown(portal, "B1", version=0).status_code == 303


def test_blanks_can_be_refused_together(portal: Portal) -> None:
    save_as_shown(portal, "B1", version=0, **RATED)

    answer = portal.save("B1", version=1, **{"decline-what-is-left": "yes", "B1.third_sector": "good"})

    assert answer["Location"] == portal.url("questions/B2/")
    stored = portal.stored().answers
    assert (stored["B1.third_sector"], stored["B1.childrens_social_care"], len(stored)) == (2, -6, 7)


def test_blanks_can_be_refused_one_by_one(portal: Portal) -> None:
    text = save_as_shown(portal, "B1", version=0, **RATED).content.decode()

    offered = [len(re.findall('value="refused"', "".join(controls(text, f"B1.{each}")))) for each in
               ("health", "third_sector", "childrens_social_care")]  # fmt: skip
    portal.save("B1", version=1, B1__third_sector="refused")

    assert offered == [0, 1, 1]
    assert (portal.stored().answers["B1.third_sector"], len(portal.stored().answers)) == (-6, 6)


def test_refusal_is_shown_later_and_can_be_changed_or_taken_back(portal: Portal) -> None:
    portal.save("C1", version=0, C1="refused")
    assert "checked" in next(each for each in controls(portal.text("questions/C1/"), "C1") if '"refused"' in each)

    portal.save("C1", version=1, C1="agree")
    assert portal.stored().answers == {"C1": 2}
    portal.save("C1", version=2, C1="")
    assert portal.stored().answers == {}


def test_boxes_left_empty_can_be_refused(portal: Portal) -> None:
    text = save_as_shown(portal, "this-return", version=0, A4=[""], A5="no").content.decode()
    assert "1 question on this page has no answer" in text

    portal.save("this-return", version=1, **{"decline-what-is-left": "yes", "A4": [""], "A5": "no"})

    assert portal.stored().answers == {"A4": -6, "A5": 2}


def is_offered(text: str, item: str) -> bool:
    box = re.search(rf'app-refusal"( hidden)?>(?:(?!app-refusal).)*?name="refuse-{re.escape(item)}"', text, re.DOTALL)
    return box is not None and box.group(1) is None


@pytest.mark.parametrize(("page", "blank"), [("A1", {"A1": ""}), ("A2", {"A2-day": ""}), ("B2", {"B2": ""})])
def test_number_date_and_text_can_be_refused_and_answered_after_all(
    kinds: Portal, page: str, blank: dict[str, str]
) -> None:
    assert not is_offered(kinds.text(f"questions/{page}/"), page)
    answer = save_as_shown(kinds, page, version=0, **blank)
    assert [
        "1 question on this page has no answer" in answer.content.decode(),
        is_offered(answer.content.decode(), page),
    ] == [True, True]

    kinds.save(page, version=0, **{**blank, f"refuse-{page}": "yes"})
    assert (kinds.stored().answers, kinds.stored().texts) == ({page: -6}, {})
    shown = kinds.text(f"questions/{page}/")
    assert [is_offered(shown, page), " checked" in controls(shown, f"refuse-{page}")[0]] == [True, True]

    words = {"A1": {"A1": "12"}, "A2": {"A2-day": "3", "A2-month": "2", "A2-year": "2012"}, "B2": {"B2": "refused"}}
    kinds.save(page, version=1, **{**words[page], f"refuse-{page}": "yes"})  # the box stood ticked: a change of mind
    typed = {"A1": "12", "A2": "2012-02-03", "B2": "refused"}
    assert (kinds.stored().answers, kinds.stored().texts) == ({}, {page: typed[page]})


def test_refusal_is_taken_back_by_unticking_the_box(kinds: Portal) -> None:
    kinds.save("B2", version=0, **{"B2": "", "refuse-B2": "yes"})
    kinds.save("B2", version=1, B2="")
    assert (kinds.stored().answers, kinds.stored().texts, kinds.stored().version) == ({}, {}, 2)


def test_answer_that_is_written_and_refused_at_once_is_asked_about(kinds: Portal) -> None:
    answer = kinds.save("B2", version=0, **{"B2": "Much", "refuse-B2": "yes"})
    text = answer.content.decode()
    assert (answer.status_code, kinds.stored().version) == (200, 0)
    assert text.count("You have written an answer and ticked “I do not want to answer”.") == 2
    assert ["Much</textarea>" in text, " checked" in controls(text, "refuse-B2")[0]] == [True, True]


def test_details_that_were_opened_can_be_refused(portal: Portal) -> None:
    text = save_as_shown(portal, "this-return", version=0, A4=["other_partners"], A5="no").content.decode()
    assert is_offered(text, "A4.details")
    answer = portal.save("this-return", version=1, **{"A4": ["other_partners"], "decline-what-is-left": "yes"})
    assert (answer.status_code, portal.stored().answers) == (303, {"A4": [3], "A4.details": -6, "A5": 2})


def test_refused_text_is_shown_as_refused_and_sent_apart_from_what_is_blank(portal: Portal) -> None:
    portal.save("G1", version=0, **{"G1": "", "refuse-G1": "yes"})
    assert "“I do not want to answer”" in re.findall("<p>Of all questions: (.*?)</p>", portal.text("check/"))[0]
    portal.submit(1)

    sent = portal.barnet.submissions.get()
    assert (sent.answers["G1"], "G1" in sent.texts, "H1" in sent.answers) == (-6, False, False)
    lines = csv.reader(portal.text("copies/submission-1.csv").splitlines())
    assert [line[3:5] for line in lines if line[0] == "G1"] == [["-6", "I do not want to answer"]]
    assert "I do not want to answer" in portal.text("submissions/1/answers/")


def test_refused_text_travels_through_a_conflict(portal: Portal, colleague: Client) -> None:
    colleague.post(portal.url("questions/G1/"), {"base-version": 0, "G1": "Theirs"})
    conflict = portal.save("G1", version=0, **{"G1": "", "refuse-G1": "yes"}).content.decode()
    assert "I do not want to answer" in conflict
    portal.client.post(portal.url("questions/G1/settle/"), {**hidden(conflict), "keep-G1": "mine"})
    assert (portal.stored().answers, portal.stored().texts) == ({"G1": -6}, {})


def test_what_routing_does_not_open_is_not_asked_about(kinds: Portal) -> None:
    assert save_as_shown(kinds, "both", version=0, A3="no").status_code == 303


def test_going_to_the_task_list_asks_nothing(portal: Portal) -> None:
    answer = save_as_shown(portal, "B1", version=0, **{"and-then-tasks": "yes"})
    assert (answer.status_code, answer["Location"]) == (303, portal.url())


def test_page_asked_again_shows_what_a_colleague_saved_meanwhile(portal: Portal, colleague: Client) -> None:
    colleague.post(portal.url("questions/B1/"), {"base-version": 0, "B1.police": "poor"})

    text = save_as_shown(portal, "B1", version=0, B1__health="good").content.decode()

    assert "5 questions on this page have no answer" in text
    assert 'value="2" autocomplete' in text
    assert [("checked" in each) for each in controls(text, "B1.police")][3] is True


def test_asking_costs_few_queries(portal: Portal, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(QUERIES_TO_ASK):  # type: ignore[operator]
        save_as_shown(portal, "B1", version=0, **RATED)
