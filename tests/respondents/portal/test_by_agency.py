"""The same batteries, answered agency by agency: other pages, the same items, the same saves."""

import re

import pytest
from django.test import Client

from tests.respondents.portal.conftest import Portal
from tests.respondents.portal.test_question import controls

pytestmark = pytest.mark.once

ASPECTS = [f"B{number}.health" for number in range(1, 7)]


def test_page_by_agency_asks_its_six_aspects_on_the_same_scale(portal: Portal) -> None:
    text = portal.text("questions/B.health/")

    assert [len(controls(text, code)) for code in ASPECTS] == [6] * 6
    assert re.findall("<h1[^>]*>(.*?)</h1>", text) == ["Health"]
    assert "How would you rate each agency&#x27;s willingness to share information?" in text
    assert "Page 1 of 7" in text


def test_answers_by_agency_are_the_answers_by_aspect(portal: Portal) -> None:
    answer = portal.save("B.health", version=0, B1__health="good", B6__health="dont_know")

    assert answer["Location"] == portal.url("questions/B.police/")
    assert portal.stored().answers == {"B1.health": 2, "B6.health": -8}
    assert "checked" in controls(portal.text("questions/B1/"), "B1.health")[1]


def test_way_in_which_a_person_answers_is_kept(portal: Portal) -> None:
    assert portal.save("this-return", version=0)["Location"] == portal.url("questions/B1/")
    portal.save("B.health", version=0)

    assert portal.save("this-return", version=0)["Location"] == portal.url("questions/B.health/")
    assert portal.url("questions/B.health/") in portal.text()
    portal.save("B1", version=0)
    assert portal.save("this-return", version=0)["Location"] == portal.url("questions/B1/")


def test_last_page_of_either_way_leads_to_the_next_section(portal: Portal) -> None:
    ends = [portal.save(code, version=0)["Location"] for code in ("B6", "B.childrens_social_care")]
    assert ends == [portal.url("questions/C1/")] * 2


def test_turning_saves_and_leads_to_the_other_way(portal: Portal) -> None:
    there = portal.save("B1", version=0, B1__health="good", turn="yes", **{"asks-about-blanks": "yes"})
    back = portal.save("B.health", version=1, B2__health="good", turn="yes")

    assert [there["Location"], back["Location"]] == [portal.url("questions/B.health/"), portal.url("questions/B1/")]
    assert portal.stored().answers == {"B1.health": 2, "B2.health": 2}
    assert "by agency instead" in portal.text("questions/B1/")
    assert "by aspect instead" in portal.text("questions/B.health/")
    assert "instead</button>" not in portal.text("questions/C1/")


def test_task_list_offers_the_other_way(portal: Portal) -> None:
    assert f'href="{portal.url("questions/B.health/")}">Answer by agency' in portal.text()
    portal.save("B.health", version=0)
    assert f'href="{portal.url("questions/B1/")}">Answer by aspect' in portal.text()


def test_page_by_agency_opened_from_the_check_page_leads_back_there(portal: Portal) -> None:
    assert portal.save("B.health", version=0, **{"come-from": "check"})["Location"] == portal.url("check/")
    assert portal.save("this-return", version=0)["Location"] == portal.url("questions/B1/")


def test_blanks_by_agency_are_named_by_aspect(portal: Portal) -> None:
    sent = {f"{code.replace('.', '__')}": "good" for code in ASPECTS[:-1]}
    text = portal.save("B.health", version=0, **{**sent, "asks-about-blanks": "yes"}).content.decode()
    assert (
        '<a class="govuk-notification-banner__link" href="#id_B6.health">Inter-agency working relationships</a>' in text
    )


def test_colleagues_on_different_ways_collide_where_they_meet(portal: Portal, colleague: Client) -> None:
    colleague.post(portal.url("questions/B1/"), {"base-version": 0, "B1.health": "poor", "B1.police": "poor"})
    answer = portal.save("B.health", version=0, B1__health="good", B2__health="good")

    assert answer.status_code == 409
    assert "understanding of the referral process" in answer.content.decode()
    assert portal.url("questions/B.health/settle/") in answer.content.decode()


def test_autosave_works_by_agency(portal: Portal) -> None:
    sent = {"base-version": 0, "tab-key": "a" * 24, "tab-sequence": 1, "B3.health": "good"}
    assert portal.client.post(portal.url("autosave/B.health/"), sent).json()["state"] == "saved"
    assert portal.stored().answers == {"B3.health": 2}


def test_unknown_agency_is_not_there(portal: Portal) -> None:
    assert portal.get("questions/B.nobody/").status_code == 404


def test_check_page_is_in_the_way_in_which_the_person_answers(portal: Portal) -> None:
    portal.save("B.health", version=0, B1__health="good")

    text = portal.text("check/")

    assert f'href="{portal.url("questions/B.health/")}?from=check">Change' in text
    assert f'href="{portal.url("questions/B.health/")}?from=check">Health: 5 answers missing</a>' in text
    assert "questions/B1/" not in text
    answer = portal.save("B.health", version=1, B2__health="good", **{"come-from": "check"})
    assert answer["Location"] == portal.url("check/")

    portal.save("B1", version=2)
    assert ["questions/B1/" in portal.text("check/"), "questions/B.health/" in portal.text("check/")] == [True, False]


def test_answers_changed_while_they_were_checked_stay_in_the_persons_way(portal: Portal) -> None:
    portal.save("B.health", version=0, B1__health="good")
    answer = portal.submit(0)
    assert (answer.status_code, "questions/B.health/" in answer.content.decode()) == (409, True)
